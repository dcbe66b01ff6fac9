"""How actors are linked."""

from __future__ import annotations

from enum import StrEnum


class RelationType(StrEnum):
    """The kinds of relations that a source can assert."""

    HEAD_OF = "head_of"
    MEMBER_OF = "member_of"
    WORKS_FOR = "works_for"
    SPOKESPERSON_OF = "spokesperson_of"
    ALLY_OF = "ally_of"
    OPPONENT_OF = "opponent_of"
    SPOUSE_OF = "spouse_of"
    PARTNER_OF = "partner_of"
    PARENT_OF = "parent_of"
    PART_OF = "part_of"
    MET_WITH = "met_with"
    CONTACTED = "contacted"
    CRITICIZED = "criticized"
    ACCUSED = "accused"
    SUPPORTS = "supports"
    APPOINTED = "appointed"
    DETAINED_BY = "detained_by"
    CHARGED_BY = "charged_by"
    ABDUCTED_BY = "abducted_by"
    ATTACKED = "attacked"
    SANCTIONED = "sanctioned"
    LINKED_TO = "linked_to"

    @property
    def is_symmetric(self) -> bool:
        """Tell whether direction carries no meaning."""
        return self in _SYMMETRIC


_SYMMETRIC = frozenset(
    {
        RelationType.MET_WITH,
        RelationType.CONTACTED,
        RelationType.OPPONENT_OF,
        RelationType.ALLY_OF,
        RelationType.SPOUSE_OF,
        RelationType.PARTNER_OF,
        RelationType.LINKED_TO,
    }
)
