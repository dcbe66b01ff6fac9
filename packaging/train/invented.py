#!/usr/bin/env python3
"""Turn the invented articles of `invented/`, annotated in their lines, into the form of the annotated articles.

A file holds articles between lines of "=====". In a text "{p1.f Anna Weiss}" marks a mention (f full, s short, a
acronym, n nominal, r pronoun; a question mark after it: optional), "{t1:DATE:2020-09-03 Thursday}" a time expression,
"{e1 met}" a trigger, "{s1.c …}", "{s1.q said}" and "{s1.w analysts}" content, cue and nameless speaker of a statement,
"{r1 mayor}" a title. After a line of "---" stand the records, fields between bars; "p1 > head_of > i1" is a relation.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb_app.core.passage import Span
from kb_app.extraction.sentences import split_sentences

KINDS = {"f": "full", "s": "short", "a": "acronym", "n": "nominal", "r": "pronoun"}
TYPES = {"p": "person", "i": "institution", "l": "place"}
_CODE = re.compile(
    r"(?:(?P<entity>[pil]\d+)\.(?P<kind>[fsanr])|(?P<time>t\d+):(?P<type>DATE|TIME|DURATION|SET):(?P<value>[^\s?]+)"
    r"|(?P<statement>s\d+)\.(?P<part>[cqw])|(?P<plain>[er]\d+))(?P<optional>\?)?$"
)


class Unreadable(Exception):
    """An article's marks or records are not of the form; the message says where."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of the plain text."""

    code: re.Match[str]
    start: int
    end: int


@dataclass(slots=True)
class Marked:
    """The plain text of an article with its marks."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)


def strip_marks(text: str) -> Marked:
    """Take the marks out of a text; raises Unreadable."""
    found, opened, at = Marked(), [], 0
    plain: list[str] = []
    length = 0
    for piece in re.finditer(r"\{([^\s{}]+) |\}|[^{}]+|\{", text):
        if piece.group(1):
            code = _CODE.match(piece.group(1))
            if code is None:
                raise Unreadable(f"no such mark: {piece.group()[:40]}")
            opened.append((code, length))
        elif piece.group() == "}":
            if not opened:
                raise Unreadable(f"a brace closes nothing after {''.join(plain)[-30:]!r}")
            code, at = opened.pop()
            found.marks.append(Mark(code, at, length))
        elif piece.group() == "{":
            raise Unreadable(f"a brace without a mark: {text[piece.start() : piece.start() + 30]!r}")
        else:
            plain.append(piece.group())
            length += len(piece.group())
    if opened:
        raise Unreadable(f"the mark {opened[-1][0].group()} is never closed")
    found.text = "".join(plain)
    found.marks.sort(key=lambda m: (m.start, -m.end))
    return found


class Document:
    """One invented article as a dictionary in the form of an annotated article."""

    def __init__(self, source: str) -> None:
        head, bar, records = source.strip("\n").partition("\n---\n")
        if not bar:
            raise Unreadable("no line of ---")
        lines = head.split("\n")
        self.facts = dict(line[2:].split(": ", 1) for line in lines if re.match(r"# \w+: ", line))
        marked = strip_marks("\n".join(line for line in lines if not line.startswith("# ")).strip("\n"))
        self.name = self.facts["id"]
        self.text = marked.text + "\n"
        self.title_end = self.text.index("\n")
        self.marks = marked.marks
        zones = [Span(0, self.title_end), Span(self.title_end + 1, len(marked.text))]
        self.sentences = [s for zone in zones for s in split_sentences(self.text, zone)]
        self.records = [line.strip() for line in records.split("\n") if line.strip()]

    def build(self) -> dict[str, Any]:
        """Give the dictionary; raises Unreadable where a record names what the text does not mark."""
        entities = {line.split(" |")[0]: line for line in self.records if re.match(r"[pil]\d+ \|", line)}
        for mark in self.marks:
            if mark.code["entity"] and mark.code["entity"] not in entities:
                raise Unreadable(f"{mark.code['entity']} has no record")
        self.known = set(entities)
        body = self.title_end + 1 + len(self.text[self.title_end + 1 :]) - len(self.text[self.title_end + 1 :].lstrip())
        return {
            "schema_version": "1.0",
            "doc_id": self.name,
            "text_file": f"articles/{self.name}.txt",
            "text_length": len(self.text),
            "article": {
                "title": self.text[: self.title_end],
                "title_span": self._span(0, self.title_end),
                "published": self.facts.get("published"),
                "published_assumed": True,
                "body_start": body,
                "body_end": len(self.text) - 1,
                "body_exclusions": [],
                "metadata_spans": [],
            },
            "entities": [self._entity(*pair) for pair in entities.items()],
            "roles": [self._role(cells) for cells in self._cells("r")],
            "events": [self._event(cells) for cells in self._cells("e")],
            "statements": [self._statement(cells) for cells in self._cells("s")],
            "relations": list(self._relations()),
            "contested_claims": [],
            "time_expressions": [self._time(m) for m in self.marks if m.code["time"]],
        }

    def _cells(self, letter: str) -> Iterator[list[str]]:
        for line in self.records:
            if re.match(rf"{letter}\d+ \|", line):
                yield [cell.strip() for cell in line.split("|")]

    def _span(self, start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": self.text[start:end]}

    def _of(self, mark: Mark) -> dict[str, Any]:
        return self._span(mark.start, mark.end)

    def _optional(self, mark: Mark) -> dict[str, Any]:
        return {"optional": True} if mark.code["optional"] else {}

    def _sentence(self, offset: int) -> dict[str, Any]:
        last = [s for s in self.sentences if s.start <= offset][-1]
        return self._span(last.start, last.end)

    def _known(self, name: str) -> str | None:
        if name in ("-", "", "null"):
            return None
        if name not in self.known:
            raise Unreadable(f"{name} is no entity")
        return name

    def _entity(self, name: str, line: str) -> dict[str, Any]:
        cells = [cell.strip() for cell in line.split("|")]
        if cells[1] != TYPES[name[0]]:
            raise Unreadable(f"{name} is a {cells[1]}")
        mentions = [
            {**self._of(m), "kind": KINDS[m.code["kind"]], **self._optional(m)}
            for m in self.marks
            if m.code["entity"] == name
        ]
        if not mentions:
            raise Unreadable(f"{name} is never marked")
        more = dict(cell.split("=", 1) for cell in cells[3:] if "=" in cell)
        found = {
            "id": name,
            "type": cells[1],
            "canonical_name": cells[2],
            "named": any(m["kind"] in ("full", "short", "acronym") for m in mentions),
            "mentions": mentions,
            "country": more.get("country"),
        }
        if cells[1] == "institution":
            found["category"] = more.get("category", "other")
        return found

    def _plain(self, name: str) -> list[Mark]:
        found = [m for m in self.marks if m.code["plain"] == name]
        if not found:
            raise Unreadable(f"{name} is never marked")
        return found

    def _role(self, cells: list[str]) -> dict[str, Any]:
        name, person, institution, country, words = [*cells, "", "", "", ""][:5]
        mark = self._plain(name)[0]
        return {
            "person": self._known(person),
            "title": self.text[mark.start : mark.end],
            "title_span": self._of(mark),
            "institution": self._known(institution),
            "country": None if country in ("-", "") else country,
            "qualifiers": [w.strip() for w in words.split(",") if w.strip()],
            "evidence": self._sentence(mark.start),
        }

    def _event(self, cells: list[str]) -> dict[str, Any]:
        name, kind, realis = cells[:3]
        pairs = [tuple(cell.split("=", 1)) for cell in cells[3:] if "=" in cell]
        facts = dict(pairs)
        triggers = self._plain(name)
        times = [m for m in self.marks if m.code["time"] == facts.get("expr", "-")]
        date = facts.get("date", "-")
        return {
            "id": name,
            "type": kind,
            "trigger": self._of(triggers[0]),
            "other_triggers": [self._of(m) for m in triggers[1:]],
            "date": {
                "value": None if date == "-" else date,
                "precision": None if date == "-" else "day",
                "expression": self._of(times[0]) if times else None,
                "resolved": None if date == "-" else "relative",
            },
            "realis": realis,
            "participants": [
                {"entity": self._known(value), "role": key}
                for key, value in pairs
                if key not in ("date", "expr", "place")
            ],
            "place": self._known(facts.get("place", "-")),
            "evidence": self._sentence(triggers[0].start),
            "optional": "optional" in cells,
        }

    def _statement(self, cells: list[str]) -> dict[str, Any]:
        name, kind = cells[:2]
        facts = dict(cell.split("=", 1) for cell in cells[2:] if "=" in cell)
        parts = {
            part: [m for m in self.marks if m.code["statement"] == name and m.code["part"] == part] for part in "cqw"
        }
        if not parts["c"]:
            raise Unreadable(f"{name} has no content")
        return {
            "id": name,
            "speaker": self._known(facts.get("speaker", "-")),
            "speaker_span": self._of(parts["w"][0]) if parts["w"] else None,
            "kind": kind,
            "cue": self._of(parts["q"][0]) if parts["q"] else None,
            "content": [self._of(m) for m in parts["c"]],
            "addressee": self._known(facts.get("to", "-")),
            "date": facts.get("date"),
            "venue": None,
            "reported_via": self._known(facts.get("via", "-")),
            "optional": "optional" in cells,
        }

    def _relations(self) -> Iterator[dict[str, Any]]:
        for line in self.records:
            if " > " in line:
                source, kind, target = (part.strip() for part in line.split(" > "))
                evidence = self._together(str(self._known(source)), str(self._known(target)))
                more = {"date": None, "realis": "happened"}
                yield {"from": source, "to": target, "type": kind, "evidence": evidence, **more}

    def _together(self, one: str, other: str) -> dict[str, Any]:
        """Find the first sentence that mentions both, else the stretch between their nearest sentences."""
        held = {
            name: [self._sentence(m.start) for m in self.marks if m.code["entity"] == name] for name in (one, other)
        }
        for sentence in held[one]:
            if sentence in held[other]:
                return sentence
        first, second = min(
            ((a, b) for a in held[one] for b in held[other]), key=lambda pair: abs(pair[0]["start"] - pair[1]["start"])
        )
        return self._span(min(first["start"], second["start"]), max(first["end"], second["end"]))

    def _time(self, mark: Mark) -> dict[str, Any]:
        return {**self._of(mark), "type": mark.code["type"], "value": mark.code["value"], **self._optional(mark)}


def read_invented(path: Path) -> Iterator[Document]:
    """Read the articles of a file; raises Unreadable naming the file and the article."""
    for number, source in enumerate(re.split(r"^=====\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE), 1):
        if source.strip():
            try:
                yield Document(source)
            except (Unreadable, KeyError, ValueError) as error:
                raise Unreadable(f"{path.name}, article {number}: {error}") from error


def main() -> None:
    """Write articles/ and train/ under a folder; every article that cannot be read is named, and nothing is written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, help="folder to write; without it the files are only checked")
    options = parser.parse_args()
    built, failed, words = {}, 0, 0
    for path in options.files:
        for number, source in enumerate(
            re.split(r"^=====\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE), 1
        ):
            if not source.strip():
                continue
            try:
                document = Document(source)
                built[document.name] = (document, document.build())
                words += len(document.text.split())
            except (Unreadable, KeyError, ValueError, IndexError) as error:
                failed += 1
                print(f"{path.name}, article {number}: {type(error).__name__}: {error}")
    print(f"{len(built)} articles, {words} words, {failed} unreadable")
    if failed or options.out is None:
        raise SystemExit(1 if failed else 0)
    for folder in ("articles", "train"):
        (options.out / folder).mkdir(parents=True, exist_ok=True)
    for name, (document, tables) in built.items():
        (options.out / "articles" / f"{name}.txt").write_text(document.text, encoding="utf-8", newline="")
        (options.out / "train" / f"{name}.json").write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
