"""Opens feeds, tables and exports that the tests make."""

from __future__ import annotations

import hashlib
import io

from kb_app.core.article import Article, SourceFile
from kb_app.ingest.articles import to_article
from kb_app.ingest.containers import members_of
from kb_app.ingest.media_type import media_type_of
from kb_app.ingest.members import Member, Opened, Taken, Trouble

LONG = "The harbour board of Harbury voted to close the old pier, said Ilse Marrow, who chairs it. " * 4


def taken(content: str | bytes, name: str, mapping: str = "") -> list[Taken]:
    """Return what a container holds."""
    data = content.encode() if isinstance(content, str) else content
    return list(members_of(Opened(name, io.BytesIO(data), len(data), media_type_of(data, name), mapping=mapping)))


def members(content: str | bytes, name: str, mapping: str = "") -> list[Member]:
    """Return the members of a container that has no trouble."""
    found = taken(content, name, mapping)
    assert not [one for one in found if isinstance(one, Trouble)]
    return [one for one in found if isinstance(one, Member)]


def article_of(member: Member) -> Article:
    """Return the article of a member."""
    digest = hashlib.sha256(member.data).hexdigest()
    source = SourceFile(member.name, member.data, digest, member.media_type, "", member.provenance)
    return to_article(source, member.given)
