"""Articles of any kind, and a tagger that sees in them whatever a test tells it to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

from kb_app.core.article import Article, Metadata, Zone, ZoneKind
from kb_app.core.passage import Span
from kb_app.core.stated_date import parse_edtf
from kb_app.extraction.encoder import Link, Tag, Tagged, Value
from kb_app.extraction.encoder_card import ModelCard
from kb_app.extraction.encoder_words import Words

NEWS = """Anna Weber|President Karl Lopez|Interior Minister Olga Sorin|the Interior Ministry|KGB|the Grain Board (GB)
U.S. President|Mr. Weber|Weber's|O'Neil-Smith|pro-Moscow|US-led|anti-war|French|the German foreign minister
former|post-election|acting|co-founder|head of the|spokeswoman for the|member of|deputy|her husband|the ministry
the two men|protesters|officials|he said|she told reporters|said that|according to|told Reuters|accused
denied that|thanked|announced|they|it|their|was arrested in Minsk|resigned|met|will visit Lyon, France
were killed|in protests|who had been appointed|voted|on Monday|last week|two days ago|yesterday
in September 2020|on 5 May|the next two weeks|1990s|at 0:00|30 -- 40 days|2020-13-45|29 February
31 February 2020|99999 years|the 21st century|since 2008|next year|$5 million|12 people|“We will not go,”|"No,"
‘never’|and|of|the|in|,|.|?|:|;|—|–|-|(|)|[|]|…|/|%|"|“|”|‘|’|``|''|„|«|»|'s|’s|MINSK (Reuters) —|By Karl Lopez
Q: Why?|A: No.|WEBER:|MINISTER RESIGNS AFTER INQUIRY|Minister Resigns After Inquiry|«Да», сказала Анна Вебер
Министр внутренних дел|שלום|محمد علي|漢字|İstanbul|ǅ|ﬁ|é́|😀|_|\ufeff|\u200e|\u202e|\u00a0"""
FRAGMENTS = tuple(NEWS.replace("\n", "|").split("|"))
JOINTS = (" ", " ", " ", " ", ". ", ", ", "\n", "\n\n", "", "\r\n", "\t", "\x0b", "\x85", "\u2028")
PUBLISHED = (None, "2020-09-10", "2020-02-29", "2020-09", "0001-01-01", "9999-12-31")


class Mark(NamedTuple):
    """A label on some words; all numbers are taken modulo what there is."""

    head: int
    first: int
    length: int
    label: int
    confidence: float


class Bond(NamedTuple):
    """A link from one of the marks that its kind may join to one of the nearest that it may lead to."""

    kind: int
    source: int
    step: int
    confidence: float


class Placed(NamedTuple):
    """A tag and its first word."""

    first: int
    tag: Tag


@dataclass(slots=True)
class Dictated:
    """A tagger that marks and links what it was last told to: it keeps to the card and knows nothing of the words."""

    card: ModelCard
    marks: Sequence[Mark] = ()
    bonds: Sequence[Bond] = ()

    def tag(self, text: str, words: Words) -> Tagged:
        """Answer as a trained tagger would, spans of one head apart from each other and in order."""
        found = {
            head.name: sorted(self._placed(number, words), key=_place) for number, head in enumerate(self.card.heads)
        }
        joined = [self._joined(kind.sources, found) for kind in self.card.links]
        reached = [self._joined(kind.targets, found) for kind in self.card.links]
        links = [self._link(bond, joined, reached) for bond in self.bonds]
        tags = {f"{name}s": tuple(one.tag for one in placed) for name, placed in found.items()}
        return Tagged(**tags, links=tuple(link for link in links if link is not None))

    def _placed(self, number: int, words: Words) -> Iterator[Placed]:
        head, taken = self.card.heads[number], set[int]()
        for mark in self.marks:
            if mark.head % len(self.card.heads) == number and len(words):
                first = mark.first % len(words)
                covered = range(first, min(first + mark.length, len(words)))
                if taken.isdisjoint(covered):
                    taken.update(covered)
                    span = Span(words.starts[first], words.ends[covered[-1]])
                    label = head.types[mark.label % len(head.types)]
                    yield Placed(first, Tag(span, label, mark.confidence, self._values(head.name, mark)))

    def _values(self, head: str, mark: Mark) -> tuple[Value, ...]:
        owned = ((name.partition("."), values) for name, values in self.card.attributes)
        return tuple(
            Value(attribute, values[mark.label % len(values)], mark.confidence)
            for (owner, _, attribute), values in owned
            if owner == head
        )

    def _joined(self, heads: Iterable[str], found: Mapping[str, list[Placed]]) -> list[Placed]:
        return sorted((one for head in sorted(heads) for one in found[head]), key=_place)

    def _link(self, bond: Bond, joined: list[list[Placed]], reached: list[list[Placed]]) -> Link | None:
        number = bond.kind % len(self.card.links)
        sources, targets, kind = joined[number], reached[number], self.card.links[number]
        if not sources or not targets:
            return None
        source = sources[bond.source % len(sources)]
        target = targets[(bisect_left(targets, _place(source), key=_place) + bond.step) % len(targets)]
        if target == source or abs(target.first - source.first) > kind.reach:
            return None
        return Link(source.tag.span, target.tag.span, kind.name, bond.confidence)


def _place(one: Placed) -> Span:
    return one.tag.span


def texts() -> st.SearchStrategy[str]:
    """Give texts without lone surrogates that hold more than blanks: of any characters, or put together like news."""
    news = st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(JOINTS)), min_size=1, max_size=40)
    said = news.map(lambda parts: "".join(word + joint for word, joint in parts))
    return (st.text(min_size=1, max_size=150) | said).filter(lambda text: bool(text.strip()))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Give an article with or without a title, a date and stretches that are not to be read."""
    text = draw(texts())
    cut = draw(st.integers(0, len(text) - 1))
    has_title = draw(st.booleans()) and bool(text[:cut].strip()) and bool(text[cut:].strip())
    title, body = (Span(0, cut), Span(cut, len(text))) if has_title else (None, Span(0, len(text)))
    edges = st.integers(0, len(text))
    kinds = st.sampled_from((ZoneKind.BOILERPLATE, ZoneKind.METADATA, ZoneKind.CAPTION))
    holes = draw(st.lists(st.tuples(kinds, edges, edges), max_size=2))
    zones = tuple(Zone(kind, Span(min(a, b), max(a, b))) for kind, a, b in holes if a != b)
    published = draw(st.sampled_from(PUBLISHED))
    metadata = Metadata(published=parse_edtf(published) if published else None)
    return Article(text, body, metadata, title_span=title, zones=zones, language=draw(st.sampled_from(("en", ""))))


def marks() -> st.SearchStrategy[list[Mark]]:
    """Give marks anywhere."""
    number, sure = st.integers(0, 60), st.floats(0.05, 0.99)
    return st.lists(st.builds(Mark, number, number, st.integers(1, 5), number, sure), max_size=25)


def bonds() -> st.SearchStrategy[list[Bond]]:
    """Give links between any marks."""
    number, step = st.integers(0, 60), st.integers(-3, 3)
    return st.lists(st.builds(Bond, number, number, step, st.floats(0.05, 0.99)), max_size=25)
