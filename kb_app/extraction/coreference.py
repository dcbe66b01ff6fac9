"""Folds the names of an article into entities: surnames, acronyms, near spellings; namesakes stay apart."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice

from kb_app.core.entity import Category, EntityType
from kb_app.core.findings import FoundMention
from kb_app.core.names import normalised
from kb_app.extraction.cast import Cast, Member, named_kind
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.name_cutting import Name
from kb_app.extraction.reading import Reading

SHARED_STEM = 6  # letters that two spellings of a word must share ("Coordinating", "Coordination")
NICKNAME = 3  # letters that a nickname shares with the name
MOST_COMPARED = 50  # surnames that a misspelled one is held against
MISSPELLED, ALIKE = 5, 0.85  # letters of a surname that may be misspelled, and how alike the spellings are
_MASCULINE = frozenset({"mr", "mr.", "sir", "lord", "king", "prince"})
_FEMININE = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "madam", "lady", "dame", "queen", "princess"})
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "de", "&"})


@dataclass(slots=True)
class _Cluster:
    names: list[Name]
    words: tuple[str, ...]
    gender: str = ""
    keys: set[str] = field(default_factory=set)


class _People:
    """Finds the clusters whose names can be a name's other forms, without going through all of them."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, ...], dict[int, _Cluster]] = defaultdict(dict)

    def add(self, cluster: _Cluster, words: tuple[str, ...]) -> None:
        """Take a cluster under all forms that its words may appear in."""
        if not words:
            return
        keys = {("any", word) for word in words} | {("last", words[-1]), ("start", *words[:2])}
        for key in (*keys, ("letters", words[-1][0], words[-1][-1])):
            self._by_key[key][id(cluster)] = cluster

    def like(self, words: tuple[str, ...]) -> list[_Cluster]:
        """Return the clusters with a word that stands alone, else with the same last or the same first two words."""
        if len(words) < 2:
            return list(self._by_key[("any", *words)].values()) if words else []
        return list({**self._by_key[("last", words[-1])], **self._by_key[("start", *words[:2])]}.values())

    def spelled_like(self, words: tuple[str, ...]) -> list[_Cluster]:
        """Return clusters whose surname begins and ends with the letters of a lone surname, not too many."""
        if len(words) != 1:
            return []
        return list(islice(self._by_key[("letters", words[0][0], words[0][-1])].values(), MOST_COMPARED))


class Folder:
    """Folds names into entities; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons
        self._demonyms = frozenset(d.lower() for d in lexicons.demonyms)

    def fold(self, reading: Reading, names: list[Name]) -> Cast:
        """Return the entities of an article with their named mentions."""
        by_type: dict[EntityType, list[Name]] = defaultdict(list)
        for name in names:
            if name.type is not None:
                by_type[name.type].append(name)
        clusters = [
            *self._people(reading, by_type[EntityType.PERSON]),
            *self._institutions(reading, by_type[EntityType.INSTITUTION]),
            *_places(by_type[EntityType.PLACE]),
        ]
        cast = Cast()
        for cluster in sorted(clusters, key=lambda c: c.names[0].span):
            cast.add(self._member(cast, cluster))
        return cast

    def _member(self, cast: Cast, cluster: _Cluster) -> Member:
        best = max(cluster.names, key=lambda n: (len(n.text.split()) > 1, len(n.text), -n.span.start))
        kind = best.type
        assert kind is not None
        canonical = best.text
        if kind is not EntityType.PERSON:
            canonical = next((n.canonical for n in cluster.names if n.canonical), best.text)
        known = next((n for n in cluster.names if n.category is not None and n.category is not Category.OTHER), best)
        mentions = [
            FoundMention(n.span, named_kind(n.text, best.text), n.confidence, n.reason) for n in sorted(cluster.names)
        ]
        return Member(
            id=cast.new_id(),
            type=kind,
            name=canonical,
            mentions=mentions,
            category=(known.category or Category.OTHER) if kind is EntityType.INSTITUTION else None,
            subcategory=known.subcategory,
            country=next((n.country for n in cluster.names if n.country), ""),
            gender=cluster.gender or self._gender(best.text),
            reason=best.reason,
            confidence=max(n.confidence for n in cluster.names),
        )

    def _gender(self, name: str) -> str:
        given = name.split()[0]
        gender = self._words.given_names.get(given) or self._words.given_names.get(given.split("-")[0], "")
        return gender if gender in ("m", "f") else ""

    def _people(self, reading: Reading, names: list[Name]) -> list[_Cluster]:
        clusters: list[_Cluster] = []
        index = _People()
        for name in sorted(names, key=lambda n: (len(n.text.split()) < 2, n.sentence, n.span)):
            words = _person_words(name.text, self._words)
            honorific = _honorific(reading, name)
            fitting = [c for c in index.like(words) if self._same_person(c, words, honorific)]
            fitting = fitting or [c for c in index.spelled_like(words) if _misspelled(c.words, words)]
            if not fitting:
                gender = honorific or self._gender(name.text) if words else ""
                clusters.append(_Cluster([name], words, gender))
                index.add(clusters[-1], words)
                continue
            chosen = fitting[0] if len(fitting) == 1 else _nearest(fitting, name)
            insort(chosen.names, name, key=lambda n: n.span)
            chosen.gender = chosen.gender or honorific
            if len(words) > len(chosen.words):
                chosen.words = words
                index.add(chosen, words)
        return clusters

    def _same_person(self, cluster: _Cluster, words: tuple[str, ...], honorific: str) -> bool:
        known = cluster.words
        if not words or not known:
            return False
        if honorific and cluster.gender and honorific != cluster.gender:
            return False
        if len(words) == 1:
            return words[0] in (known[-1], known[0]) or (len(known) > 2 and words[0] in known[1:])
        if words[-1] != known[-1]:
            return len(known) > 2 and words == known[: len(words)] or (len(words) > 2 and known == words[: len(known)])
        return len(known) == 1 or _same_given(words[0], known[0])

    def _institutions(self, reading: Reading, names: list[Name]) -> list[_Cluster]:
        clusters: list[_Cluster] = []
        acronyms = _stated_acronyms(reading, names)
        for name in sorted(names, key=lambda n: (-len(n.text.split()), n.span)):
            key = normalised(name.canonical or name.text)
            chosen = self._fitting(clusters, name, key, acronyms)
            if chosen is None:
                chosen = _Cluster([], _content_words(name.text))
                clusters.append(chosen)
            insort(chosen.names, name, key=lambda n: n.span)
            chosen.keys |= {key, normalised(name.text)}
        return clusters

    def _fitting(self, clusters: list[_Cluster], name: Name, key: str, acronyms: dict[str, str]) -> _Cluster | None:
        full = acronyms.get(name.text, "")
        clusters = [c for c in clusters if _may_share_country(c, name)]
        same = [c for c in clusters if key in c.keys or (full and full in c.keys)]
        if same:
            return _nearest(same, name)
        words = _content_words(name.text)
        if name.text.isupper() and " " not in name.text and len(name.text) > 1:
            return next(
                (c for c in clusters if name.text in (_initials(c.names[0].text), c.names[0].text.split()[0])), None
            )
        if name.canonical and any(
            n.canonical and n.canonical != name.canonical for c in clusters for n in c.names if words == c.words
        ):
            return None
        near = [c for c in clusters if _near(words, c.words)]
        if near:
            return near[0]
        shorter = [c for c in clusters if self._is_short_for(words, c)]
        return _nearest(shorter, name) if shorter else None

    def _is_short_for(self, words: tuple[str, ...], cluster: _Cluster) -> bool:
        full = cluster.words
        if not words or len(words) >= len(full):
            return False
        if len(words) == 1 and words[0].capitalize() in self._words.institution_heads:
            return full[-1] == words[0] or full[0] == words[0]
        if full[-len(words) :] == words and len(words) > 1:
            return True
        is_body = any(n.category in (Category.COMPANY, Category.MEDIA, Category.OTHER) for n in cluster.names)
        return is_body and full[: len(words)] == words and len(words[0]) > 2 and words[0] not in self._demonyms


def _places(names: list[Name]) -> list[_Cluster]:
    by_key: dict[str, _Cluster] = {}
    for name in names:
        key = normalised(name.canonical or name.text)
        by_key.setdefault(key, _Cluster([], ())).names.append(name)
    endings = {ending: key for key in sorted(by_key, key=len) for ending in _endings(key)}
    for key in sorted(by_key, key=len):
        longer = endings.get(key)
        if longer is not None and longer != key:  # "Peace Memorial Park" for "Hiroshima Peace Memorial Park"
            by_key[longer].names += by_key.pop(key).names
    for cluster in by_key.values():
        cluster.names.sort(key=lambda n: n.span)
    return list(by_key.values())


def _endings(key: str) -> list[str]:
    """Return the last two or more words of a name, all but the first ones left out."""
    words = key.split()
    return [" ".join(words[start:]) for start in range(1, len(words) - 1)]


def _person_words(text: str, lexicons: Lexicons) -> tuple[str, ...]:
    words = normalised(text).split()
    suffixes = {normalised(s) for s in lexicons.name_signs.get("suffix", ())}
    while len(words) > 1 and words[-1] in suffixes:
        words.pop()
    return tuple(words)


def _misspelled(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell whether a lone surname is all but letter for letter that of a person named in full."""
    if len(words) != 1 or len(known) < 2 or len(words[0]) < MISSPELLED or words[0][0] != known[-1][0]:
        return False
    return SequenceMatcher(None, words[0], known[-1]).ratio() >= ALIKE


def _same_given(one: str, other: str) -> bool:
    if one == other or len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    return one[:NICKNAME] == other[:NICKNAME] or one.split("-")[0] == other.split("-")[0]


def _nearest(clusters: list[_Cluster], name: Name) -> _Cluster:
    """Return the cluster mentioned last before the name, else the first one after it."""
    best, best_start = clusters[0], -1
    for cluster in clusters:
        at = bisect_left(cluster.names, name.span, key=lambda n: n.span)
        if at and cluster.names[at - 1].span.start > best_start:
            best, best_start = cluster, cluster.names[at - 1].span.start
    if best_start >= 0:
        return best
    return min(clusters, key=lambda c: c.names[0].span.start)


def _honorific(reading: Reading, name: Name) -> str:
    sentence = reading.sentences[name.sentence]
    before = sentence.tokens[name.first - 1].lower if name.first else ""
    if before in _FEMININE:
        return "f"
    return "m" if before in _MASCULINE else ""


def _stated_acronyms(reading: Reading, names: list[Name]) -> dict[str, str]:
    """Return acronyms that stand in brackets after a full name: acronym to the name's normal form."""
    found: dict[str, str] = {}
    by_sentence: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        by_sentence[name.sentence].append(name)
    for group in by_sentence.values():
        group.sort(key=lambda n: n.span)
        for left, right in zip(group, group[1:], strict=False):
            gap = reading.text[left.span.end : right.span.start].strip("\"“”' ")
            if gap in ("(", "(the", "[") and right.text.replace(".", "").replace("-", "").replace("/", "").isupper():
                found.setdefault(right.text, normalised(left.canonical or left.text))
    return found


def _content_words(text: str) -> tuple[str, ...]:
    return tuple(w for w in normalised(text).split() if w not in _SMALL)


def _may_share_country(cluster: _Cluster, name: Name) -> bool:
    """Tell whether a body of one country can be meant by the other names: not another country's, not the world's."""
    if not name.country or name.canonical:
        return True
    countries = {n.country for n in cluster.names if n.country}
    world = any(n.category is Category.INTERGOVERNMENTAL for n in cluster.names)
    return not world and (not countries or name.country in countries)


def _initials(text: str) -> str:
    return "".join(w[0] for w in text.replace("-", " ").split() if w[0].isupper() and w.lower() not in _SMALL)


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other) or len(one) < 2:
        return one == other and bool(one)
    return all(
        a == b or (a[:SHARED_STEM] == b[:SHARED_STEM] and len(a) > SHARED_STEM) for a, b in zip(one, other, strict=True)
    )
