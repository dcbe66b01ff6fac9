from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb_app.core.article import Article, Zone, ZoneKind
from kb_app.core.findings import Findings
from kb_app.core.passage import Span
from kb_app.extraction.pipeline import Extractor

PIECES = (
    "Anna Weber|said|that|the|ministry|\"|“|”|‘|’|``|''|,|.|?|:|(|)|\n|\n\n|2020-13-45|29 February|Monday|U.S.|of|and"
    "|he|KGB|MINSK (Reuters) —|30 -- 40 days|last|year|ago|99999 years|31 February 2020|0:00|'s|—|…|\u200e|\u00a0|İ|ǅ"
).split("|")


def spans_of(findings: Findings) -> list[Span]:
    found = [m.span for e in findings.entities for m in e.mentions]
    found += [e.ground.evidence for e in findings.entities] + [r.title_span for r in findings.roles]
    found += [t.span for t in findings.times] + [e.trigger for e in findings.events]
    found += [c for s in findings.statements for c in s.content]
    return found + [r.ground.evidence for r in findings.relations]


def article(text: str) -> Article:
    return Article(text, Span(0, len(text)), language="en")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_any_text_is_read_without_raising_and_every_span_lies_in_it(extractor: Extractor, text: str) -> None:
    for span in spans_of(extractor.extract(article(text))):
        assert 0 <= span.start < span.end <= len(text)


def test_the_same_article_gives_the_same_findings(extractor: Extractor) -> None:
    text = "Anna Weber, head of the Grain Board, said on Monday that Karl Lopez was arrested in Lyon, France. " * 5
    assert extractor.extract(article(text)) == extractor.extract(article(text))


def test_ids_resolve_and_named_spans_belong_to_one_entity(extract) -> None:
    found = extract("Anna Weber met Karl Lopez. She told him that the Grain Board (GB) would meet in Lyon. He said so.")
    ids = {e.id for e in found.entities}
    assert {r.person for r in found.roles} | {s.speaker for s in found.statements if s.speaker} <= ids
    named = [m.span for e in found.entities for m in e.mentions if m.kind.is_named]
    assert len(named) == len(set(named))


def test_another_language_gives_nothing_but_a_warning(extract) -> None:
    found = extract("Die Ministerin Anna Weber sprach am Montag in Wien.", language="de")
    assert found.entities == ()
    assert "not English" in found.warnings[0]


def test_boilerplate_and_metadata_lines_are_not_read(extractor: Extractor) -> None:
    text = "By Karl Lopez\nAnna Weber came.\nFollow Peter Novak on Twitter"
    zones = (Zone(ZoneKind.METADATA, Span(0, 13)), Zone(ZoneKind.BOILERPLATE, Span(31, len(text))))
    found = extractor.extract(Article(text, Span(0, len(text)), zones=zones, language="en"))
    assert [e.name for e in found.entities] == ["Anna Weber"]


def test_ten_thousand_one_word_lines_end(extractor: Extractor) -> None:
    words = random.Random(7).choices(["Minsk", "said", "Weber", "the", '"', "2020", "KGB", "President"], k=10_000)
    assert extractor.extract(article("\n".join(words))).sentences


def test_a_long_text_of_one_name_ends(extractor: Extractor) -> None:
    text = "Anna Weber and Karl Lopez met in Lyon on Monday. " * 4000
    found = extractor.extract(article(text))
    assert len([e for e in found.entities if e.named]) == 3
