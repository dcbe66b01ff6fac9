"""English inflection of verbs and nouns, enough to list the forms of a lexicon's lemmas."""

from __future__ import annotations

import re

VOWELS = "aeiou"
_DOUBLING = frozenset("ban stab rob plan stop ship cut bid sit run quit nab plot bar cap rig".split())
_ENTRY = re.compile(r"^(?P<lemma>[^(]+?)(?:\s*\((?P<forms>[^)]*)\))?$")


def verb_forms(lemma: str, irregular: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the forms of a verb; of a phrase the first word is inflected."""
    head, space, rest = lemma.partition(" ")
    tail = space + rest
    forms = [head, _third_person(head), _gerund(head)]
    listed = [form for form in irregular if form]
    past = [form for form in listed if " " not in form or not rest]
    whole = [form for form in listed if " " in form and rest]
    if not listed:
        past = [_past(head)]
    return tuple(dict.fromkeys([form + tail for form in forms + past] + whole))


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Return singular and plural; a plural lemma stays alone."""
    if lemma.endswith("s") and not lemma.endswith("ss"):
        return (lemma,)
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma, lemma[:-1] + "ies"
    if lemma.endswith(("ss", "sh", "ch", "x")):
        return lemma, lemma + "es"
    return lemma, lemma + "s"


def entry(text: str) -> tuple[str, tuple[str, ...]]:
    """Split "meet (met)" into lemma and irregular forms."""
    match = _ENTRY.match(text.strip())
    if match is None:
        return text.strip(), ()
    forms = tuple(f.strip() for f in (match["forms"] or "").split(",") if f.strip())
    return match["lemma"].strip(), forms


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return (verb + verb[-1] if verb in _DOUBLING else verb) + "ing"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return (verb + verb[-1] if verb in _DOUBLING else verb) + "ed"
