"""The words for kinds of links, events, statements and names, through translation, in one place."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kb_app.core.entity import Category, EntityType, MentionKind
from kb_app.core.event import EventType, Realis
from kb_app.core.judgement import Status
from kb_app.core.relation import RelationType
from kb_app.core.statement import StatementKind

_OUTGOING = {
    RelationType.HEAD_OF: QT_TRANSLATE_NOOP("wording", "heads"),
    RelationType.MEMBER_OF: QT_TRANSLATE_NOOP("wording", "member of"),
    RelationType.WORKS_FOR: QT_TRANSLATE_NOOP("wording", "works for"),
    RelationType.SPOKESPERSON_OF: QT_TRANSLATE_NOOP("wording", "speaks for"),
    RelationType.ALLY_OF: QT_TRANSLATE_NOOP("wording", "ally of"),
    RelationType.OPPONENT_OF: QT_TRANSLATE_NOOP("wording", "opponent of"),
    RelationType.SPOUSE_OF: QT_TRANSLATE_NOOP("wording", "married to"),
    RelationType.PARTNER_OF: QT_TRANSLATE_NOOP("wording", "partner of"),
    RelationType.PARENT_OF: QT_TRANSLATE_NOOP("wording", "parent of"),
    RelationType.PART_OF: QT_TRANSLATE_NOOP("wording", "part of"),
    RelationType.MET_WITH: QT_TRANSLATE_NOOP("wording", "met with"),
    RelationType.CONTACTED: QT_TRANSLATE_NOOP("wording", "in contact with"),
    RelationType.CRITICIZED: QT_TRANSLATE_NOOP("wording", "criticised"),
    RelationType.ACCUSED: QT_TRANSLATE_NOOP("wording", "accused"),
    RelationType.SUPPORTS: QT_TRANSLATE_NOOP("wording", "supports"),
    RelationType.APPOINTED: QT_TRANSLATE_NOOP("wording", "appointed"),
    RelationType.DETAINED_BY: QT_TRANSLATE_NOOP("wording", "detained by"),
    RelationType.CHARGED_BY: QT_TRANSLATE_NOOP("wording", "charged by"),
    RelationType.ABDUCTED_BY: QT_TRANSLATE_NOOP("wording", "abducted by"),
    RelationType.ATTACKED: QT_TRANSLATE_NOOP("wording", "attacked"),
    RelationType.SANCTIONED: QT_TRANSLATE_NOOP("wording", "put sanctions on"),
    RelationType.LINKED_TO: QT_TRANSLATE_NOOP("wording", "linked to"),
}
_INCOMING = {
    RelationType.HEAD_OF: QT_TRANSLATE_NOOP("wording", "headed by"),
    RelationType.MEMBER_OF: QT_TRANSLATE_NOOP("wording", "has as member"),
    RelationType.WORKS_FOR: QT_TRANSLATE_NOOP("wording", "employs"),
    RelationType.SPOKESPERSON_OF: QT_TRANSLATE_NOOP("wording", "spoken for by"),
    RelationType.PARENT_OF: QT_TRANSLATE_NOOP("wording", "child of"),
    RelationType.PART_OF: QT_TRANSLATE_NOOP("wording", "includes"),
    RelationType.CRITICIZED: QT_TRANSLATE_NOOP("wording", "criticised by"),
    RelationType.ACCUSED: QT_TRANSLATE_NOOP("wording", "accused by"),
    RelationType.SUPPORTS: QT_TRANSLATE_NOOP("wording", "supported by"),
    RelationType.APPOINTED: QT_TRANSLATE_NOOP("wording", "appointed by"),
    RelationType.DETAINED_BY: QT_TRANSLATE_NOOP("wording", "detained"),
    RelationType.CHARGED_BY: QT_TRANSLATE_NOOP("wording", "charged"),
    RelationType.ABDUCTED_BY: QT_TRANSLATE_NOOP("wording", "abducted"),
    RelationType.ATTACKED: QT_TRANSLATE_NOOP("wording", "attacked by"),
    RelationType.SANCTIONED: QT_TRANSLATE_NOOP("wording", "put under sanctions by"),
}
_PLANNED = {
    RelationType.MET_WITH: QT_TRANSLATE_NOOP("wording", "to meet"),
    RelationType.CONTACTED: QT_TRANSLATE_NOOP("wording", "to contact"),
    RelationType.APPOINTED: QT_TRANSLATE_NOOP("wording", "to appoint"),
    RelationType.SANCTIONED: QT_TRANSLATE_NOOP("wording", "to put sanctions on"),
}
_REALIS = {
    Realis.HAPPENED: QT_TRANSLATE_NOOP("wording", "reported as happened"),
    Realis.PLANNED: QT_TRANSLATE_NOOP("wording", "planned"),
    Realis.ALLEGED: QT_TRANSLATE_NOOP("wording", "alleged"),
    Realis.DENIED: QT_TRANSLATE_NOOP("wording", "denied"),
    Realis.HYPOTHETICAL: QT_TRANSLATE_NOOP("wording", "only thought of"),
}
_EVENT_TYPES = {
    EventType.MEETING_VISIT: QT_TRANSLATE_NOOP("wording", "meeting or visit"),
    EventType.STATEMENT: QT_TRANSLATE_NOOP("wording", "statement"),
    EventType.PROTEST: QT_TRANSLATE_NOOP("wording", "protest"),
    EventType.ELECTION: QT_TRANSLATE_NOOP("wording", "election"),
    EventType.ARREST_DETENTION: QT_TRANSLATE_NOOP("wording", "arrest or detention"),
    EventType.RELEASE: QT_TRANSLATE_NOOP("wording", "release"),
    EventType.CHARGE_TRIAL: QT_TRANSLATE_NOOP("wording", "charge or trial"),
    EventType.APPOINTMENT: QT_TRANSLATE_NOOP("wording", "appointment"),
    EventType.DEPLOYMENT_MILITARY: QT_TRANSLATE_NOOP("wording", "military deployment"),
    EventType.SANCTION: QT_TRANSLATE_NOOP("wording", "sanctions"),
    EventType.CRACKDOWN_VIOLENCE: QT_TRANSLATE_NOOP("wording", "crackdown or violence"),
    EventType.LEGAL_CASE: QT_TRANSLATE_NOOP("wording", "legal case"),
    EventType.BUSINESS: QT_TRANSLATE_NOOP("wording", "business"),
    EventType.OTHER: QT_TRANSLATE_NOOP("wording", "other event"),
}
_STATEMENTS = {
    StatementKind.DIRECT: QT_TRANSLATE_NOOP("wording", "direct"),
    StatementKind.INDIRECT: QT_TRANSLATE_NOOP("wording", "indirect"),
    StatementKind.MIXED: QT_TRANSLATE_NOOP("wording", "partly quoted"),
}
_STATUSES = {
    Status.SUGGESTED: QT_TRANSLATE_NOOP("wording", "extracted, not decided"),
    Status.CONFIRMED: QT_TRANSLATE_NOOP("wording", "confirmed"),
    Status.REJECTED: QT_TRANSLATE_NOOP("wording", "rejected"),
}
_ENTITY_TYPES = {
    EntityType.PERSON: QT_TRANSLATE_NOOP("wording", "Person"),
    EntityType.INSTITUTION: QT_TRANSLATE_NOOP("wording", "Institution"),
    EntityType.PLACE: QT_TRANSLATE_NOOP("wording", "Place"),
}
_CATEGORIES = {
    Category.GOVERNMENT: QT_TRANSLATE_NOOP("wording", "Government"),
    Category.MINISTRY: QT_TRANSLATE_NOOP("wording", "Ministry"),
    Category.SECURITY_SERVICE: QT_TRANSLATE_NOOP("wording", "Security service"),
    Category.PARTY_MOVEMENT: QT_TRANSLATE_NOOP("wording", "Party or movement"),
    Category.MEDIA: QT_TRANSLATE_NOOP("wording", "Media"),
    Category.COMPANY: QT_TRANSLATE_NOOP("wording", "Company"),
    Category.INTERGOVERNMENTAL: QT_TRANSLATE_NOOP("wording", "Intergovernmental organisation"),
    Category.COURT: QT_TRANSLATE_NOOP("wording", "Court"),
    Category.MILITARY: QT_TRANSLATE_NOOP("wording", "Military"),
    Category.OTHER: QT_TRANSLATE_NOOP("wording", "Institution"),
}
_MENTIONS = {
    MentionKind.FULL: QT_TRANSLATE_NOOP("wording", "full name"),
    MentionKind.SHORT: QT_TRANSLATE_NOOP("wording", "short name"),
    MentionKind.ACRONYM: QT_TRANSLATE_NOOP("wording", "acronym"),
    MentionKind.NOMINAL: QT_TRANSLATE_NOOP("wording", "description"),
    MentionKind.PRONOUN: QT_TRANSLATE_NOOP("wording", "pronoun"),
}
_SCRIPTS = {
    "Latn": QT_TRANSLATE_NOOP("wording", "Latin"),
    "Cyrl": QT_TRANSLATE_NOOP("wording", "Cyrillic"),
    "Arab": QT_TRANSLATE_NOOP("wording", "Arabic"),
    "Grek": QT_TRANSLATE_NOOP("wording", "Greek"),
    "Hebr": QT_TRANSLATE_NOOP("wording", "Hebrew"),
    "Hani": QT_TRANSLATE_NOOP("wording", "Chinese characters"),
    "Hang": QT_TRANSLATE_NOOP("wording", "Hangul"),
    "Hira": QT_TRANSLATE_NOOP("wording", "Hiragana"),
    "Kana": QT_TRANSLATE_NOOP("wording", "Katakana"),
    "Geor": QT_TRANSLATE_NOOP("wording", "Georgian"),
    "Armn": QT_TRANSLATE_NOOP("wording", "Armenian"),
    "Deva": QT_TRANSLATE_NOOP("wording", "Devanagari"),
}


def relation_words(kind: RelationType, outgoing: bool, realis: Realis = Realis.HAPPENED) -> str:
    """Say how the card's entity is linked to the other one, whose name follows ("criticised by", "to meet")."""
    if realis is Realis.PLANNED and kind in _PLANNED and (outgoing or kind.is_symmetric):
        return _said(_PLANNED[kind])
    return _said(_OUTGOING[kind] if outgoing else _INCOMING.get(kind, _OUTGOING[kind]))


def realis_words(realis: Realis) -> str:
    """Say how real a source makes something."""
    return _said(_REALIS[realis])


def event_type_words(kind: EventType) -> str:
    """Name a type of event."""
    return _said(_EVENT_TYPES[kind])


def statement_words(kind: StatementKind) -> str:
    """Say how a statement's words are given."""
    return _said(_STATEMENTS[kind])


def status_words(status: Status, disputed: bool = False) -> str:
    """Say where a claim stands, as its mark shows it."""
    words = _said(_STATUSES[status])
    if disputed:
        return QCoreApplication.translate("wording", "disputed, %1").replace("%1", words)
    return words


def entity_type_words(kind: EntityType) -> str:
    """Name a type of entity."""
    return _said(_ENTITY_TYPES[kind])


def category_words(category: Category) -> str:
    """Name an institution's category."""
    return _said(_CATEGORIES[category])


def mention_words(kind: MentionKind) -> str:
    """Name the way a mention refers."""
    return _said(_MENTIONS[kind])


def script_words(script: str) -> str:
    """Name a script by its ISO 15924 code; the code itself where no name is known."""
    return _said(_SCRIPTS[script]) if script in _SCRIPTS else script


def _said(source: object) -> str:
    # the stubs do not know that a marked text is one
    return QCoreApplication.translate("wording", str(source))
