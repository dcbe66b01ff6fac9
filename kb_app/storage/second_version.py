"""The step to version 2 of the file: provenance, grades, pages, near-duplicates and imports that go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from kb_app.core.shingles import sketch_of
from kb_app.storage.article_details import pack_sketch, told_article

_ARTICLES_AT_ONCE = 200

# as the tables were declared when this version was made: later changes of the tables are steps of their own
_REBUILT = (
    (
        "source",
        'CREATE TABLE "source" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "sha256" TEXT NOT NULL, "media_type" '
        'TEXT NOT NULL, "size" INTEGER NOT NULL, "name" TEXT NOT NULL, "path" TEXT NOT NULL, "imported_at" TEXT NOT '
        'NULL, "how" TEXT NOT NULL, "data" BLOB NOT NULL, "address" TEXT NOT NULL, "captured_at" TEXT NOT NULL, '
        '"container" TEXT NOT NULL, "container_sha256" TEXT NOT NULL, "parent_id" INTEGER, "author" TEXT NOT NULL, '
        '"tool" TEXT NOT NULL, FOREIGN KEY ("parent_id") REFERENCES "source" ("id"))',
        {
            **dict.fromkeys(("address", "captured_at", "container", "container_sha256", "author", "tool"), "''"),
            "parent_id": "NULL",
        },
    ),
    (
        "article",
        'CREATE TABLE "article" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "source_id" INTEGER NOT NULL, '
        '"origin_id" INTEGER NOT NULL, "title" TEXT NOT NULL, "title_key" TEXT NOT NULL, "publisher" TEXT NOT NULL, '
        '"publisher_key" TEXT NOT NULL, "host" TEXT NOT NULL, "published_id" INTEGER, "published_day" INTEGER, '
        '"people" INTEGER NOT NULL, "institutions" INTEGER NOT NULL, "events" INTEGER NOT NULL, "reviewed" INTEGER NOT '
        'NULL, "warnings" TEXT NOT NULL, "has_warnings" INTEGER NOT NULL, "language" TEXT NOT NULL, "encoding" TEXT '
        'NOT NULL, "engine" TEXT NOT NULL, "details" TEXT NOT NULL, "credibility" TEXT NOT NULL, "characters" INTEGER '
        'NOT NULL, FOREIGN KEY ("source_id") REFERENCES "source" ("id"), FOREIGN KEY ("origin_id") REFERENCES "origin" '
        '("id"), FOREIGN KEY ("published_id") REFERENCES "stated_date" ("id"))',
        {
            "credibility": "''",
            "characters": 'coalesce((SELECT length("text") FROM "text" WHERE "text"."id" = "article"."id"), 0)',
        },
    ),
    (
        "text",
        'CREATE TABLE "text" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "title" TEXT NOT NULL, "text" TEXT NOT '
        'NULL, "sha256" TEXT NOT NULL, "offset_map" TEXT NOT NULL, "page_map" TEXT NOT NULL)',
        {"page_map": "'[]'"},
    ),
    (
        "import_outcome",
        'CREATE TABLE "import_outcome" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "operation" INTEGER NOT NULL, '
        '"input" TEXT NOT NULL, "state" TEXT NOT NULL, "code" TEXT NOT NULL, "sentence" TEXT NOT NULL, "sha256" TEXT '
        'NOT NULL, "articles" TEXT NOT NULL, "path" BLOB, "parent" INTEGER, "media_type" TEXT NOT NULL)',
        {"path": "NULL", "parent": "NULL", "media_type": "''"},
    ),
)
_NEW = (
    'CREATE TABLE "column_mapping" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "fingerprint" TEXT NOT NULL, '
    '"mapping" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "column_mapping_fingerprint" ON "column_mapping" ("fingerprint")',
    'CREATE TABLE "import_batch" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "operation" INTEGER NOT NULL, '
    '"label" TEXT NOT NULL, "at" TEXT NOT NULL, "options" TEXT NOT NULL, "state" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "import_batch_operation" ON "import_batch" ("operation")',
    "INSERT INTO import_batch (operation, label, at, options, state) SELECT id, label, at, '{}', 'ended' "
    "FROM operation WHERE id IN (SELECT operation FROM import_outcome)",
    'CREATE INDEX "import_outcome_operation_state" ON "import_outcome" ("operation", "state")',
    'CREATE INDEX "import_outcome_parent" ON "import_outcome" ("parent")',
    'CREATE TABLE "origins_apart" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "one_id" INTEGER NOT NULL, '
    '"other_id" INTEGER NOT NULL, "author" TEXT NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("one_id") REFERENCES '
    '"origin" ("id"), FOREIGN KEY ("other_id") REFERENCES "origin" ("id"))',
    'CREATE INDEX "origins_apart_one_id" ON "origins_apart" ("one_id")',
    'CREATE INDEX "origins_apart_other_id" ON "origins_apart" ("other_id")',
    'CREATE TABLE "publisher_grade" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "publisher_key" TEXT NOT NULL, '
    '"publisher" TEXT NOT NULL, "reliability" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "publisher_grade_publisher_key" ON "publisher_grade" ("publisher_key")',
    'CREATE TABLE "sketch" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "prints" TEXT NOT NULL)',
    "CREATE VIRTUAL TABLE sketch_search USING fts5(prints, content='sketch', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', detail=none, columnsize=0)",
    'CREATE TABLE "source_address" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "source_id" INTEGER NOT NULL, '
    '"name" TEXT NOT NULL, "path" TEXT NOT NULL, "address" TEXT NOT NULL, "container" TEXT NOT NULL, "how" TEXT NOT '
    'NULL, "seen_at" TEXT NOT NULL, FOREIGN KEY ("source_id") REFERENCES "source" ("id"))',
    'CREATE INDEX "source_address_source_id" ON "source_address" ("source_id")',
    'CREATE INDEX "source_parent_id" ON "source" ("parent_id")',
    'CREATE TABLE "watched_file" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "path" BLOB NOT NULL, "size" '
    'INTEGER NOT NULL, "modified" INTEGER NOT NULL)',
    'CREATE UNIQUE INDEX "watched_file_path" ON "watched_file" ("path")',
    'CREATE TABLE "watched_folder" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "path" BLOB NOT NULL, "since" '
    "TEXT NOT NULL)",
    'CREATE UNIQUE INDEX "watched_folder_path" ON "watched_folder" ("path")',
)
# that a text is not in a language that is read was counted as a problem; it is a note
_NOTED = (
    'UPDATE "article" SET "has_warnings" = 0 '
    'WHERE CASE WHEN json_valid("warnings") THEN json_array_length("warnings") = 1 '
    "AND json_extract(\"warnings\", '$[0]') LIKE 'language:%' END"
)
# how articles of one report are found was another matter in version 1
_GONE = (
    'DROP TABLE "paragraph_hash"',
    "DELETE FROM operation_row WHERE table_name = 'paragraph_hash'",
    'DROP INDEX "origin_fingerprint"',
    'ALTER TABLE "origin" DROP COLUMN "fingerprint"',
    # rows that were set aside have the columns of version 1 and cannot come back
    "DELETE FROM operation_row WHERE operation_id IN (SELECT id FROM operation WHERE state = 'undone')",
    "UPDATE operation SET state = 'discarded' WHERE state = 'undone'",
)


def to_second_version(connection: sqlite3.Connection) -> None:
    """Bring a file of version 1 to version 2; the caller's transaction and its foreign keys are off."""
    for name, declaration, added in _REBUILT:
        _rebuild(connection, name, declaration, added)
    for statement in (*_NEW, _NOTED):
        connection.execute(statement)
    for statement in _GONE:
        connection.execute(statement)
    _sketch_articles(connection)


def _sketch_articles(connection: sqlite3.Connection) -> None:
    """Sketch the articles that are there, as if their imports had."""
    last = 0
    while True:
        rows = connection.execute(
            "SELECT t.id, t.text, a.details FROM text t JOIN article a ON a.id = t.id WHERE t.id > ? "
            f"ORDER BY t.id LIMIT {_ARTICLES_AT_ONCE}",
            (last,),
        ).fetchall()
        if not rows:
            break
        last = rows[-1][0]
        sketches = [(number, _sketch(text, details)) for number, text, details in rows]
        connection.executemany("INSERT INTO sketch (id, prints) VALUES (?, ?)", sketches)
        connection.executemany("INSERT INTO sketch_search (rowid, prints) VALUES (?, ?)", sketches)
    connection.execute(
        "INSERT INTO operation_row (operation_id, action, table_name, first_id, last_id) "
        "SELECT operation_id, action, 'sketch', first_id, last_id FROM operation_row "
        "WHERE table_name = 'text' AND action = 'insert' ORDER BY id"
    )


def _sketch(text: str, details: str) -> str:
    try:
        return pack_sketch(sketch_of(told_article(text, details)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # it is damaged, which a check tells: no reason to keep all others from being opened
        return ""


def _rebuild(connection: sqlite3.Connection, name: str, declaration: str, added: Mapping[str, str]) -> None:
    """Declare a table anew with further columns, as sqlite.org/lang_altertable.html#otheralter describes."""
    kept = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
    indexes = [
        sql
        for (sql,) in connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (name,)
        )
    ]
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
    connection.execute(declaration.replace(f'CREATE TABLE "{name}"', f'CREATE TABLE "new_{name}"', 1))
    columns = ", ".join(f'"{column}"' for column in (*kept, *added))
    values = ", ".join((*(f'"{column}"' for column in kept), *added.values()))
    connection.execute(f'INSERT INTO "new_{name}" ({columns}) SELECT {values} FROM "{name}"')
    connection.execute(f'DROP TABLE "{name}"')
    connection.execute(f'ALTER TABLE "new_{name}" RENAME TO "{name}"')
    for sql in indexes:
        connection.execute(sql)
    if last is not None:
        # ids are never given twice: also not those of rows that are gone
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last[0]))
