"""Types untyped names by the contexts of all their mentions in the article: one name, one type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kb_app.core.entity import Category, EntityType
from kb_app.extraction.lexicons import Lexicons
from kb_app.extraction.name_cutting import Name
from kb_app.extraction.reading import Reading, Sentence

PERSON, INSTITUTION, PLACE = EntityType.PERSON, EntityType.INSTITUTION, EntityType.PLACE
ENOUGH = 0.9  # weight of context from which on a type is believed
UNKNOWN_PAIR = 0.75  # weight of two or three unknown capitalised words for a person
NOTHING = "nothing"
TOPIC_OF_OFFICE = 3.0  # weight of "Water Resources" in "Water Resources Minister" for no name at all
LONGEST_ACRONYM = 6

_OFFICES = frozenset({"minister", "ministers", "secretary", "undersecretary"})
_SAYING = frozenset("said says told tells added wrote argued claimed stated explained noted asked".split())
_BODY_VERBS = frozenset(
    "announced plans announces released launched unveiled reported reports published sued bought acquired sells has is "
    "was will agreed confirmed declined employs operates issued ordered denied signed received".split()
)
_PLACE_NOUNS = frozenset(
    "city town village province region district state island capital port suburb area district".split()
)
_PERSON_SIGNS = frozenset("who whose himself herself he she".split())
_ADJECTIVE_ENDINGS = ("ional", "ntial", "ian", "ean", "ese", "ish", "ani", "can")
_NOT_PROPER_ENDINGS = ("ing", "tion", "ment", "ness", "ally", "ism")

Votes = dict[object, float]


class NameTyper:
    """Decides untyped names; built once from the lexicons."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._words = lexicons

    def typed(self, reading: Reading, names: Iterable[Name]) -> list[Name]:
        """Return the names with a type; those that are no names of people, institutions or places are dropped."""
        given = list(names)
        votes: dict[str, Votes] = defaultdict(lambda: defaultdict(float))
        for name in given:
            if name.type is None:
                self._vote(votes[name.text], reading, name)
        ends = {name.span.end for name in given if name.type is INSTITUTION}
        for name in given:
            in_brackets = reading.text[name.span.start - 2 : name.span.start] == " (" and name.span.start - 2 in ends
            if name.type is None and in_brackets and name.text.isupper():
                votes[name.text][INSTITUTION] += 1.5
        several = [self._first_pass(reading, name, votes) for name in given]
        surnames, types = _person_words(several), _told_types(several)
        found = []
        for name in several:
            if name.type is not None:
                found.append(self._consistent(name, surnames))
            elif (typed := self._decided(reading, name, votes[name.text], (surnames, types))) is not None:
                found.append(typed)
        return found

    def _first_pass(self, reading: Reading, name: Name, votes: dict[str, Votes]) -> Name:
        """Type a name of several words first: its last word may then stand for it elsewhere."""
        if name.type is not None or " " not in name.text:
            return name
        return self._decided(reading, name, votes[name.text], ({}, {})) or name

    def _consistent(self, name: Name, surnames: dict[str, str]) -> Name:
        """Take a word of the gazetteer for a person who is named in full elsewhere, unless it is a country."""
        if name.type is PLACE and name.text in surnames and name.text not in self._words.countries:
            return name._replace(type=PERSON, canonical="", country="", reason=f"surname of “{surnames[name.text]}”")
        return name

    def _decided(
        self, reading: Reading, name: Name, votes: Votes, told: tuple[dict[str, str], dict[str, Name]]
    ) -> Name | None:
        surnames, types = told
        if reading.dateline is not None and reading.dateline.overlaps(name.span):
            return name._replace(type=PLACE, confidence=0.85, reason="dateline")
        if name.text.isupper() and len(name.text) > 3 and name.text.title() in surnames:
            return name._replace(type=PERSON, confidence=0.8, reason=f"“{surnames[name.text.title()]}” in capitals")
        if name.text in surnames:
            return name._replace(type=PERSON, confidence=0.9, reason=f"part of the name “{surnames[name.text]}”")
        if name.text in types:
            same = types[name.text]
            return name._replace(
                type=same.type,
                category=same.category,
                country=same.country,
                confidence=0.8,
                reason="named so elsewhere",
            )
        best = max(votes, key=lambda kind: votes[kind], default=NOTHING)
        if not isinstance(best, EntityType) or votes[best] < ENOUGH:
            return None
        confidence = min(0.85, 0.4 + 0.1 * votes[best])
        reason = "the words around it"
        if best is INSTITUTION:
            category, subcategory = self._category(reading, name)
            return name._replace(
                type=best, category=category, subcategory=subcategory, confidence=confidence, reason=reason
            )
        return name._replace(type=best, confidence=confidence, reason=reason)

    def _category(self, reading: Reading, name: Name) -> tuple[Category, str]:
        sentence = reading.sentences[name.sentence]
        before = sentence.tokens[name.first - 1].lower if name.first else ""
        nominal = self._words.nominals.get(before)
        if nominal is not None and nominal[1]:
            return nominal[1][0], ""
        return (Category.OTHER if name.text.isupper() else Category.COMPANY), ""

    def _vote(self, votes: Votes, reading: Reading, name: Name) -> None:
        sentence = reading.sentences[name.sentence]
        tokens = sentence.tokens
        before = tokens[name.first - 1].lower if name.first else ""
        before2 = tokens[name.first - 2].lower if name.first > 1 else ""
        after = tokens[name.last].lower if name.last < len(tokens) else ""
        after2 = tokens[name.last + 1].lower if name.last + 1 < len(tokens) else ""
        if after in _OFFICES and tokens[name.last].text[0].isupper():
            votes[NOTHING] += TOPIC_OF_OFFICE
        self._by_form(votes, reading, name)
        self._by_word_before(votes, before, before2)
        self._by_word_after(votes, sentence, name, (after, after2))
        if name.first == 0 and name.last == 1 and not name.text.isupper():
            votes[NOTHING] += 0.5

    def _by_form(self, votes: Votes, reading: Reading, name: Name) -> None:
        words = name.text.split()
        lower = reading.lower_words
        if all(w.lower() in lower or w.lower().endswith(_NOT_PROPER_ENDINGS) for w in words):
            votes[NOTHING] += 1.5
        if len(words) == 1 and name.text.isupper() and 2 <= len(name.text) <= LONGEST_ACRONYM and name.text.isalpha():
            votes[INSTITUTION] += 0.7
        elif len(words) == 1 and name.first and self._is_institution_noun(name.text):
            votes[INSTITUTION] += 2.5
        elif len(words) in (2, 3) and not any(w.isupper() and len(w) > 2 for w in words):
            plain = any(w.lower() in lower or self._is_english(w) for w in words)
            votes[PERSON] += 0.0 if plain else UNKNOWN_PAIR
        if any(c.isdigit() for c in name.text):
            votes[NOTHING] += 1.0
        if "&" in words:
            votes[INSTITUTION] += 1.2
        if name.text in self._words.given_names and name.text not in self._words.not_names:
            votes[PERSON] += 0.9
        if len(words) == 1 and name.text.endswith(_ADJECTIVE_ENDINGS) and self._before_noun(reading, name):
            votes[NOTHING] += 1.5
        if len(words) > 4:
            votes[NOTHING] += 1.0
        if name.text.lower().endswith((".com", ".org", ".net", ".ru", ".by", ".info")):
            votes[INSTITUTION] += 1.0

    def _is_english(self, word: str) -> bool:
        """Tell whether some list has the word as a common one, so that a pair with it is hardly a person."""
        lower, lists = word.lower(), self._words
        common = lower in lists.titles or lower in lists.title_modifiers or lower in lists.triggers
        common = common or lower in lists.nominals or lower in lists.reporting
        return common or word in lists.institution_heads or word in lists.place_heads or word in lists.not_names

    def _before_noun(self, reading: Reading, name: Name) -> bool:
        """Tell whether a common noun or a title follows, as it does an adjective."""
        tokens = reading.sentences[name.sentence].tokens
        after = tokens[name.last] if name.last < len(tokens) else None
        if after is None or not after.text[0].isalpha():
            return False
        is_noun = after.text[0].islower() and after.text not in ("and", "in", "on", "of", "to", "is", "was")
        return is_noun or after.lower in self._words.titles

    def _is_institution_noun(self, word: str) -> bool:
        """Tell whether a capitalised noun can be the short name of an institution ("the Coalition")."""
        nominal = self._words.nominals.get(word.lower())
        return (
            nominal is not None
            and nominal[0] is INSTITUTION
            and word[0].isupper()
            and word not in self._words.not_names
        )

    def _by_word_before(self, votes: Votes, before: str, before2: str) -> None:
        title = self._words.titles.get(before) or self._words.titles.get(f"{before2} {before}")
        nominal = self._words.nominals.get(before)
        if title is not None:
            votes[PERSON] += 2.0
        elif nominal is not None and nominal[0] is INSTITUTION:
            votes[INSTITUTION] += 2.0
        elif before in _PLACE_NOUNS or (before == "of" and before2 in _PLACE_NOUNS):
            votes[PLACE] += 2.0
        elif before in ("in", "near", "outside", "throughout", "across"):
            votes[PLACE] += 1.0
        elif before in ("at", "from", "to", "around", "north", "south", "east", "west", "northern", "southern"):
            votes[PLACE] += 0.4
            votes[INSTITUTION] += 0.2
        elif before == "the":
            votes[INSTITUTION] += 0.5
            votes[PERSON] -= 1.5
            votes[NOTHING] += 0.3
        elif before in ("a", "an", "this", "each", "every", "any"):
            votes[NOTHING] += 1.5
        elif before in ("by", "with"):
            votes[INSTITUTION] += 0.3
            votes[PERSON] += 0.3
        elif before in _SAYING:
            votes[PERSON] += 0.8

    def _by_word_after(self, votes: Votes, sentence: Sentence, name: Name, after: tuple[str, str]) -> None:
        word, second = after
        if word in _SAYING:
            votes[PERSON] += 1.0 if len(name.text.split()) > 1 else 0.6
            votes[INSTITUTION] += 0.6
        elif word in _BODY_VERBS:
            votes[INSTITUTION] += 0.5
        elif word in ("'s", "’s"):
            votes[INSTITUTION] += 0.4
            votes[PERSON] += 0.3
        elif word == "," and (second in _PERSON_SIGNS or (second.isdigit() and len(second) == 2)):
            votes[PERSON] += 1.5
        elif word == ",":
            self._by_apposition(votes, sentence, name)
        elif word == "(" and second.isupper():
            votes[INSTITUTION] += 1.0
        elif word in self._words.titles:
            votes[INSTITUTION] += 1.5

    def _by_apposition(self, votes: Votes, sentence: Sentence, name: Name) -> None:
        following = sentence.tokens[name.last + 1 : name.last + 9]
        if following and (following[0].text in self._words.countries or following[0].text in self._words.regions):
            votes[PLACE] += 2.0
            return
        for token in following:
            if token.text == ",":
                return
            if token.lower in self._words.titles and token.text[0].islower():
                votes[PERSON] += 1.2
                return
            nominal = self._words.nominals.get(token.lower)
            if nominal is not None:
                votes[nominal[0]] += 1.2
                return


def _person_words(names: list[Name]) -> dict[str, str]:
    """Return the parts of people's full names with the name they are part of."""
    found: dict[str, str] = {}
    for name in names:
        words = name.text.split()
        if name.type is not PERSON or len(words) < 2:
            continue
        for size in range(1, len(words)):
            found.setdefault(" ".join(words[-size:]), name.text)
        found.setdefault(words[0], name.text)
    return found


def _told_types(names: list[Name]) -> dict[str, Name]:
    """Return typed names by their text, and institutions by a first word that stands for them."""
    found: dict[str, Name] = {}
    for name in names:
        if name.type is None:
            continue
        found.setdefault(name.text, name)
        words = name.text.split()
        if (
            name.type is INSTITUTION
            and len(words) > 1
            and words[0][0].isupper()
            and len(words[0]) > 3
            and name.category is Category.COMPANY
        ):
            found.setdefault(words[0], name)
    return found
