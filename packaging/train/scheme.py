"""What the tagger is asked to find: heads that cut spans, attributes of their words, links between spans."""

from __future__ import annotations

SEQUENCES: dict[str, tuple[str, ...]] = {
    "mention": ("person", "institution", "place"),
    "nominal": ("person", "institution", "place", "pronoun"),
    "time": ("DATE", "TIME", "DURATION", "SET"),
    "trigger": ("event",),
    "cue": ("cue",),
    "content": ("content",),
    "speaker": ("speaker",),
    "title": ("title",),
}
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "mention.kind": ("full", "short", "acronym"),
    "mention.category": (
        "government",
        "ministry",
        "security_service",
        "party_movement",
        "media",
        "company",
        "intergovernmental_org",
        "court",
        "military",
        "other",
    ),
    "trigger.type": (
        "meeting_visit",
        "statement",
        "protest",
        "election",
        "arrest_detention",
        "release",
        "charge_trial",
        "appointment",
        "deployment_military",
        "sanction",
        "crackdown_violence",
        "legal_case",
        "business",
        "other",
    ),
    "trigger.realis": ("happened", "planned", "alleged", "hypothetical"),
    "trigger.rank": ("main", "other"),
    "content.kind": ("direct", "indirect", "mixed"),
}
ENTITY_HEADS = ("mention", "nominal")
RELATIONS = (
    "head_of",
    "member_of",
    "works_for",
    "spokesperson_of",
    "ally_of",
    "opponent_of",
    "spouse_of",
    "partner_of",
    "parent_of",
    "part_of",
    "met_with",
    "contacted",
    "criticized",
    "accused",
    "supports",
    "appointed",
    "detained_by",
    "attacked",
    "sanctioned",
    "linked_to",
)
SYMMETRIC = frozenset({"met_with", "contacted", "opponent_of", "ally_of", "spouse_of", "partner_of", "linked_to"})
# label: heads of the source, heads of the target, how many words may lie between their first words
LINKS: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "holder": (("title",), ENTITY_HEADS, 80),
    "held_at": (("title",), ENTITY_HEADS, 80),
    "said_by": (("content",), ("speaker",), 160),
    "uttered_by": (("content",), ENTITY_HEADS, 160),
    "cued_by": (("content",), ("cue",), 160),
    "continues": (("content",), ("content",), 120),
    "dated": (("trigger",), ("time",), 120),
    "placed": (("trigger",), ENTITY_HEADS, 80),
    "agent": (("trigger",), ENTITY_HEADS, 80),
    "patient": (("trigger",), ENTITY_HEADS, 80),
    "participant": (("trigger",), ENTITY_HEADS, 80),
    "same_event": (("trigger",), ("trigger",), 400),
    "same_entity": (ENTITY_HEADS, ENTITY_HEADS, 400),
    **dict.fromkeys(RELATIONS, (ENTITY_HEADS, ENTITY_HEADS, 60)),
}
AGENTS = frozenset(
    "agent speaker author buyer organiser organizer host presenter seller supplier convener plaintiff appellant "
    "complainant donor manufacturer producer ruler sponsor winner supporter source sender".split()
)
PATIENTS = frozenset(
    "patient target victim recipient defendant accused beneficiary affected appointee addressee subject honoree "
    "respondent loser predecessor topic supported".split()
)
DISTANCE_STEPS = (0, 1, 2, 4, 8, 16, 32, 64)


def sequence_labels(head: str) -> tuple[str, ...]:
    """Name the labels of a head: O, then B, I, E and S of each of its types."""
    return ("O", *(f"{mark}-{kind}" for kind in SEQUENCES[head] for mark in "BIES"))


def event_link(role: str) -> str:
    """Fold the free wording of a participant's part into agent, patient or participant."""
    if role in AGENTS:
        return "agent"
    return "patient" if role in PATIENTS else "participant"
