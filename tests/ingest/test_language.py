from __future__ import annotations

import sys

import pytest

from kb_app.ingest.language import language_of

ENGLISH = (
    "The board of the port said on Monday that it would close the old pier for the winter, because the piles under it "
    "had been weakened by the storms of the last two years. It is not known when the pier will be open again, but the "
    "head of the board has asked for a report that is to be read in the spring."
)
DUTCH = (
    "De minister was in de stad en had het over de brug, die in de winter was gesloten. Hij is er met de trein heen "
    "gegaan en she was er ook bij, zei hij. De regering heeft besloten dat de brug in de lente weer open gaat voor "
    "het verkeer, maar dat is nog niet zeker, want het water staat hoog en de dijk is zwak."
)
PIDGIN = (
    "Di govment don tok say dem go open di bridge for di people wey dey waka from di town go di market. Di minister "
    "tell BBC say e no sure but e go try as di wota dey high well well and di people dey fear say di dam fit break."
)


def test_plain_english_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert language_of(ENGLISH) == "en"


@pytest.mark.parametrize(("text", "language"), [(DUTCH, "nl"), (PIDGIN, "pcm"), (ENGLISH[:80], "en"), ("Pier", "")])
def test_what_is_not_plain_is_asked_of_the_model(text: str, language: str) -> None:
    assert language_of(text) == language
