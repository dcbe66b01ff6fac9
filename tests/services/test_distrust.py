from __future__ import annotations

from dataclasses import replace

import pytest

from kb_app.core.article import Article, Candidate, Found, MetadataField, OffsetSegment, Zone, ZoneKind
from kb_app.core.entity import MentionKind
from kb_app.core.findings import Findings, FoundDispute, FoundMention, FoundPosition, LocalId, Participant
from kb_app.core.passage import Span
from kb_app.core.shingles import MOST_KEPT, SKETCH_BITS, sketch_of
from kb_app.services.codec import CodecError
from kb_app.services.distrust import check_article, check_findings
from tests import builders

ARTICLE = builders.article()
FINDINGS = builders.findings(ARTICLE)
BEYOND = Span(0, len(ARTICLE.text) + 1)
POSITION = FoundPosition(Span(0, 3), FINDINGS.entities[0].id)
DISPUTE = FoundDispute("gates", (POSITION, FoundPosition(Span(4, 8))), FINDINGS.entities[0].ground)


def test_honest_answers_pass() -> None:
    check_article(ARTICLE)
    check_article(replace(ARTICLE, sketch=sketch_of(ARTICLE)))
    check_findings(FINDINGS, ARTICLE.text)
    check_findings(replace(FINDINGS, disputes=(DISPUTE,)), ARTICLE.text)


@pytest.mark.parametrize(
    "article",
    [
        replace(ARTICLE, body=BEYOND),
        replace(ARTICLE, title_span=BEYOND),
        replace(ARTICLE, zones=(Zone(ZoneKind.CAPTION, BEYOND),)),
        replace(ARTICLE, offset_map=(OffsetSegment(0, len(ARTICLE.text) + 1, 0),)),
        replace(ARTICLE, offset_map=(OffsetSegment(5, 5, 0), OffsetSegment(2, 1, 9))),
        replace(ARTICLE, sketch=(-1,)),
        replace(ARTICLE, sketch=(1 << SKETCH_BITS,)),
        replace(ARTICLE, sketch=tuple(range(MOST_KEPT + 1))),
        replace(ARTICLE, metadata=replace(ARTICLE.metadata, title=Found("t" * 2_001, "meta"))),
        replace(ARTICLE, metadata=replace(ARTICLE.metadata, wires=("w",) * 1_001)),
        replace(ARTICLE, candidates=(Candidate(MetadataField.TITLE, "t" * 2_001, "meta"),)),
        replace(ARTICLE, warnings=("odd: " + "w" * 2_000,)),
        replace(ARTICLE, warnings=("odd: w",) * 1_001),
        replace(ARTICLE, language="l" * 41),
        Article(text=" \n", body=Span(0, 0)),
        Article(text="a\x00b", body=Span(0, 3)),
    ],
)
def test_a_dishonest_article_is_refused(article: Article) -> None:
    with pytest.raises(CodecError):
        check_article(article)


@pytest.mark.parametrize(
    "findings",
    [
        replace(FINDINGS, sentences=(BEYOND,)),
        replace(FINDINGS, entities=FINDINGS.entities[:1] * 2),
        replace(FINDINGS, entities=(replace(FINDINGS.entities[0], name=" "), *FINDINGS.entities[1:])),
        replace(
            FINDINGS,
            entities=(
                replace(FINDINGS.entities[0], mentions=(FoundMention(Span(3, 3), MentionKind.FULL),)),
                *FINDINGS.entities[1:],
            ),
        ),
        replace(FINDINGS, events=(replace(FINDINGS.events[0], participants=(Participant(LocalId("nobody")),)),)),
        replace(FINDINGS, events=(replace(FINDINGS.events[0], trigger=BEYOND),)),
        replace(FINDINGS, statements=(replace(FINDINGS.statements[0], via=(LocalId("nobody"),)),)),
        replace(FINDINGS, disputes=(replace(DISPUTE, topic=" "),)),
        replace(FINDINGS, disputes=(replace(DISPUTE, positions=DISPUTE.positions[:1]),)),
        replace(FINDINGS, disputes=(replace(DISPUTE, positions=(POSITION, FoundPosition(BEYOND))),)),
        replace(FINDINGS, disputes=(replace(DISPUTE, positions=(POSITION, replace(POSITION, holder_span=BEYOND))),)),
        replace(
            FINDINGS, disputes=(replace(DISPUTE, positions=(POSITION, replace(POSITION, holder=LocalId("nobody")))),)
        ),
        replace(FINDINGS, disputes=(replace(DISPUTE, ground=replace(DISPUTE.ground, confidence=-0.1)),)),
        replace(
            FINDINGS,
            relations=(replace(FINDINGS.relations[0], ground=replace(FINDINGS.relations[0].ground, confidence=2.0)),),
        ),
    ],
)
def test_dishonest_findings_are_refused(findings: Findings) -> None:
    with pytest.raises(CodecError):
        check_findings(findings, ARTICLE.text)
