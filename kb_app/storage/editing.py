"""What a person changes by hand: each one step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import SqliteDatabase

from kb_app.core.changes import Changes
from kb_app.core.errors import KartotekaError, NotFound
from kb_app.core.ids import ArticleId, EntityId, NoteId
from kb_app.core.judgement import ClaimKind, ClaimRef, Status
from kb_app.core.names import normalised, script_of
from kb_app.storage import tables
from kb_app.storage.entity_writer import GIVEN
from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.operations import Edit, author, edit, now

_VERBS = {Status.CONFIRMED: "Confirm", Status.REJECTED: "Reject", Status.SUGGESTED: "Leave open"}
_LABEL_LENGTH = 60


def judge(kb: KnowledgeBase, refs: Sequence[ClaimRef], status: Status) -> Changes:
    """Keep a person's decision about claims, all in one step; raises NotFound."""
    with edit(kb, _judgement_label(kb.database, refs, status)) as step:
        for ref in dict.fromkeys(refs):
            _require(step.database, _table_of(ref.kind), ref.id)
            if step.update(_table_of(ref.kind), ref.id, status=str(status)):
                step.add(
                    tables.Judgement, kind=str(ref.kind), claim=ref.id, status=str(status), author=author(), at=now()
                )
                step.touched.claims.add((str(ref.kind), ref.id))
    return step.changes


def rename(kb: KnowledgeBase, entity_id: EntityId, name: str) -> Changes:
    """Give an entity another name; the old one stays among its names and leads to it. Raises NotFound."""
    name = " ".join(name.split())
    if not normalised(name):
        raise KartotekaError("A name needs at least one letter or digit. The old name was kept.")
    old = _value(kb.database, tables.Entity.name, entity_id)
    with edit(kb, f"Rename “{_short(old)}” to “{_short(name)}”") as step:
        if step.update(tables.Entity, entity_id, name=name, name_key=normalised(name)):
            _keep_name(step, entity_id, old, "full")
            _keep_name(step, entity_id, name, GIVEN)
    return step.changes


def add_note(kb: KnowledgeBase, entity_id: EntityId, text: str) -> Changes:
    """Add a note to an entity; raises NotFound."""
    name = _value(kb.database, tables.Entity.name, entity_id)
    with edit(kb, f"Add note to “{_short(name)}”") as step:
        step.add(tables.Note, entity_id=entity_id, text=_storable(text), at=now())
        step.touched.entities.add(entity_id)
    return step.changes


def edit_note(kb: KnowledgeBase, note_id: NoteId, text: str) -> Changes:
    """Change a note's text; raises NotFound."""
    _require(kb.database, tables.Note, note_id)
    with edit(kb, "Edit note") as step:
        step.update(tables.Note, note_id, text=_storable(text))
    return step.changes


def delete_note(kb: KnowledgeBase, note_id: NoteId) -> Changes:
    """Remove a note; raises NotFound."""
    entity = _value(kb.database, tables.Note.entity, note_id)
    with edit(kb, "Delete note") as step:
        step.remove(tables.Note, [note_id])
        step.touched.entities.add(entity)
    return step.changes


def set_reviewed(kb: KnowledgeBase, article_ids: Sequence[ArticleId], reviewed: bool) -> Changes:
    """Mark articles as read through, or as new again, all in one step."""
    what = "1 article" if len(article_ids) == 1 else f"{len(article_ids)} articles"
    with edit(kb, f"Mark {what} as {'reviewed' if reviewed else 'new'}") as step:
        for number in article_ids:
            _require(step.database, tables.Article, number)
            step.update(tables.Article, number, reviewed=int(reviewed))
    return step.changes


def _keep_name(step: Edit, entity: EntityId, name: str, kind: str) -> None:
    table = tables.EntityName
    query = table.select(table.id, table.kind).where((table.entity == entity) & (table.text == name))
    known = list(query.tuples().execute(step.database))
    if not known:
        folded, script = normalised(name), script_of(name)
        step.add(table, entity_id=entity, text=name, normalised=folded, kind=kind, script=script)
    elif kind == GIVEN and known[0][1] == "short":
        # as the entity's own name it leads to it, which a surname alone does not
        step.update(table, known[0][0], kind=kind)


def _judgement_label(database: SqliteDatabase, refs: Sequence[ClaimRef], status: Status) -> str:
    verb = _VERBS[status]
    if len(refs) != 1:
        return f"{verb} {len(refs)} entries"
    return f"{verb} {refs[0].kind}: {_short(_title(database, refs[0]))}"


def _title(database: SqliteDatabase, ref: ClaimRef) -> str:
    column: Any = {
        ClaimKind.ENTITY: tables.Entity.name,
        ClaimKind.MENTION: tables.Mention.quote,
        ClaimKind.ROLE: tables.Role.title,
        ClaimKind.EVENT: tables.Event.title,
        ClaimKind.STATEMENT: tables.Statement.content,
        ClaimKind.RELATION: tables.Relation.type,
    }[ref.kind]
    return str(_value(database, column, ref.id)).replace("_", " ")


def _table_of(kind: ClaimKind) -> type[tables.Row]:
    if kind is ClaimKind.ENTITY:
        return tables.Entity
    return tables.Mention if kind is ClaimKind.MENTION else tables.CLAIM_TABLES[kind]


def _require(database: SqliteDatabase, table: type[tables.Row], number: int) -> None:
    _value(database, table.id, number)


def _value(database: SqliteDatabase, column: Any, number: int) -> Any:
    table = column.model
    rows = list(table.select(column).where(table.id == number).tuples().execute(database))
    if not rows:
        raise NotFound(f"The {table._meta.table_name.replace('_', ' ')} {number} is no longer there.")
    return rows[0][0]


def _storable(text: str) -> str:
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()


def _short(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else f"{text[: _LABEL_LENGTH - 1]}…"
