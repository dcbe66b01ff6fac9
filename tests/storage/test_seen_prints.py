"""What an article has is never said to be new; what nobody has mostly is."""

from __future__ import annotations

from kb_app.storage.knowledge_base import KnowledgeBase
from kb_app.storage.seen_prints import SeenPrints
from tests import builders
from tests.storage.filling import save


def test_until_all_is_gathered_every_number_may_be_there(kb: KnowledgeBase) -> None:
    for number in range(3):
        save(
            kb, builders.article(f"{builders.BODY}\n\nVersion {number} of the report came later."), name=f"{number}.txt"
        )
    kept = [prints for (prints,) in kb.database.execute_sql("SELECT prints FROM sketch ORDER BY id")]
    seen, own = SeenPrints(), kept[-1].split()
    seen.gather(kb.database, 2)
    assert seen.among(["zzzzzz", *own]) == ["zzzzzz", *own]
    seen.gather(kb.database, 2)
    assert seen.among(["zzzzzz", *own]) == own


def test_what_was_added_is_always_found_again() -> None:
    seen = SeenPrints()
    prints = [f"{number:06d}" for number in range(20_000)]
    seen.add(prints)
    seen._is_complete = True
    assert seen.among(prints) == prints
    assert len(seen.among([f"x{number:05d}" for number in range(20_000)])) < 20
