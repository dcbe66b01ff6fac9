"""What happened: the types of events and how real a source makes them."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """The kinds of events that are told apart."""

    MEETING_VISIT = "meeting_visit"
    STATEMENT = "statement"
    PROTEST = "protest"
    ELECTION = "election"
    ARREST_DETENTION = "arrest_detention"
    RELEASE = "release"
    CHARGE_TRIAL = "charge_trial"
    APPOINTMENT = "appointment"
    DEPLOYMENT_MILITARY = "deployment_military"
    SANCTION = "sanction"
    CRACKDOWN_VIOLENCE = "crackdown_violence"
    LEGAL_CASE = "legal_case"
    BUSINESS = "business"
    OTHER = "other"


class Realis(StrEnum):
    """How real a source makes an event (realis, as in event annotation)."""

    HAPPENED = "happened"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
