"""Compares the counts that lists show with the rows they count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kb_app.storage.tables import CLAIM_TABLES

_ENTITIES = """
WITH counted AS (
  SELECT m.entity_id AS id, COUNT(*) AS mentions, COUNT(DISTINCT m.article_id) AS articles,
         coalesce(MAX(a.published_day), 0) AS last_day
  FROM mention m JOIN article a ON a.id = m.article_id GROUP BY m.entity_id)
SELECT e.id, e.name FROM entity e LEFT JOIN counted c ON c.id = e.id
WHERE e.mention_count <> coalesce(c.mentions, 0) OR e.article_count <> coalesce(c.articles, 0)
   OR e.last_day <> coalesce(c.last_day, 0)
"""
_NAMES = """
WITH counted AS (
  SELECT entity_id, quote, COUNT(*) AS mentions FROM mention WHERE kind IN ('full', 'short', 'acronym')
  GROUP BY entity_id, quote)
SELECT n.id, n.text FROM entity_name n LEFT JOIN counted c ON c.entity_id = n.entity_id AND c.quote = n.text
WHERE n.mention_count <> coalesce(c.mentions, 0)
"""
_CLAIMS = """
WITH counted AS (
  SELECT c.claim AS id, COUNT(*) AS citations, COUNT(DISTINCT a.origin_id) AS origins
  FROM citation c JOIN article a ON a.id = c.article_id WHERE c.kind = '{kind}' GROUP BY c.claim)
SELECT t.id, '{kind}' FROM "{kind}" t LEFT JOIN counted c ON c.id = t.id
WHERE t.citation_count <> coalesce(c.citations, 0) OR t.origin_count <> coalesce(c.origins, 0)
"""
_ARTICLES = """
WITH named AS (
  SELECT m.article_id AS id, COUNT(DISTINCT CASE e.type WHEN 'person' THEN e.id END) AS people,
         COUNT(DISTINCT CASE e.type WHEN 'institution' THEN e.id END) AS institutions
  FROM mention m JOIN entity e ON e.id = m.entity_id WHERE e.named GROUP BY m.article_id),
told AS (
  SELECT article_id AS id, COUNT(DISTINCT claim) AS events FROM citation WHERE kind = 'event' GROUP BY article_id)
SELECT a.id, a.title FROM article a LEFT JOIN named n ON n.id = a.id LEFT JOIN told t ON t.id = a.id
WHERE a.people <> coalesce(n.people, 0) OR a.institutions <> coalesce(n.institutions, 0)
   OR a.events <> coalesce(t.events, 0)
"""


def count_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for each count that is off."""
    looks = [("entity", _ENTITIES), ("name", _NAMES), ("article", _ARTICLES)]
    looks += [("claim", _CLAIMS.format(kind=kind)) for kind in CLAIM_TABLES]
    for what, sql in looks:
        for number, name in connection.execute(sql):
            yield f"The counts of the {what} {number} (“{name}”) do not fit what they count."
