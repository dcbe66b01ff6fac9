"""How the tagger's spans and links are put together with what the rules read; the spans are given by hand."""

from __future__ import annotations

from dataclasses import fields, replace

from kb_app.core.article import Article, Metadata
from kb_app.core.entity import Category
from kb_app.core.findings import Findings
from kb_app.core.passage import Span
from kb_app.core.stated_date import on_day, parse_edtf
from kb_app.extraction.encoder import Link, Tag, Tagged, Value
from kb_app.extraction.encoder_words import read_words
from kb_app.extraction.lexicons import KnownInstitution, Lexicons
from kb_app.extraction.pipeline import Extractor
from kb_app.extraction.reading import read

HEADS = {field.name.removesuffix("s") for field in fields(Tagged)} - {"link"}


class Marked:
    """A text with what a tagger might have seen in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tags: dict[str, list[Tag]] = {head: [] for head in HEADS}
        self.links: list[Link] = []

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def mark(self, head: str, label: str, words: str, **values: str) -> Marked:
        found = tuple(Value(name, value, 0.9) for name, value in values.items())
        self.tags[head].append(Tag(self.span(words), label, 0.9, found))
        return self

    def link(self, label: str, source: str, target: str, confidence: float = 0.9) -> Marked:
        self.links.append(Link(self.span(source), self.span(target), label, confidence))
        return self

    def findings(self, lexicons: Lexicons, published: str = "2021-05-07") -> Findings:
        article = Article(self.text, Span(0, len(self.text)), Metadata(published=parse_edtf(published)))
        tags = {f"{head}s": tuple(sorted(tags, key=lambda t: t.span)) for head, tags in self.tags.items()}
        reading, extractor = read(article), Extractor(lexicons)
        look = extractor.first_look.look(reading, read_words(article.text, article.read_spans()))
        return extractor.assemble(article, reading, look, Tagged(**tags, links=tuple(self.links)))


def name_of(findings: Findings, entity: str | None) -> str:
    return next((e.name for e in findings.entities if e.id == entity), "")


def test_a_name_that_no_list_knows_is_taken_from_the_tagger(lexicons: Lexicons) -> None:
    marked = Marked("Protesters gathered outside grolvik on Friday, witnesses said.")
    marked.mark("mention", "institution", "grolvik", category="company")
    assert ("grolvik", "institution", "company") in {
        (e.name, e.type, e.category) for e in marked.findings(lexicons).entities
    }


def test_the_adjective_of_a_country_is_no_place(lexicons: Lexicons) -> None:
    marked = Marked("The Vardovian minister left. She flew to Vardovian.")
    marked.mark("mention", "place", "Vardovian")
    last = marked.text.rindex("Vardovian")
    marked.tags["mention"].append(Tag(Span(last, last + 9), "place", 0.9))
    assert [m.span.start for e in marked.findings(lexicons).entities for m in e.mentions] == [last]


def test_a_listed_institution_is_one_whatever_the_tagger_sees(lexicons: Lexicons) -> None:
    known = replace(lexicons, institutions={"Grolvik": KnownInstitution("Grolvik", Category.MEDIA, "", "")})
    findings = Marked("Witnesses told Grolvik of a blast.").mark("mention", "place", "Grolvik").findings(known)
    assert [(e.name, e.type, e.category) for e in findings.entities] == [("Grolvik", "institution", "media")]


def test_a_title_is_no_part_of_a_name(lexicons: Lexicons) -> None:
    marked = Marked("The gate was shut by Colonel Tomas Hult.").mark("mention", "person", "Colonel Tomas Hult")
    assert [e.name for e in marked.findings(lexicons).entities] == ["Tomas Hult"]


def test_an_operation_or_a_lone_title_is_no_name(lexicons: Lexicons) -> None:
    marked = Marked("Colonel Hult said Operation Quiet Harbour was over, the Secretary of Defense agreed.")
    marked.mark("mention", "institution", "Operation Quiet Harbour")
    marked.mark("mention", "institution", "Secretary of Defense").mark("mention", "person", "Hult")
    assert [e.name for e in marked.findings(lexicons).entities if e.named] == ["Hult"]


def test_the_end_of_a_place_name_stands_for_the_place(lexicons: Lexicons) -> None:
    marked = Marked("They met at Portmere Peace Memorial Park. The Peace Memorial Park was closed.")
    marked.mark("mention", "place", "Portmere Peace Memorial Park")
    last = marked.text.rindex("Peace")
    marked.tags["mention"].append(Tag(Span(last, last + 19), "place", 0.9))
    assert [(e.name, len(e.mentions)) for e in marked.findings(lexicons).entities] == [
        ("Portmere Peace Memorial Park", 2)
    ]


def test_one_name_has_one_type_in_an_article(lexicons: Lexicons) -> None:
    marked = Marked("Tarvane fell. Officials left Tarvane-on-Sea.\n\nThe road to Tarvane is closed.")
    marked.mark("mention", "place", "Tarvane").mark("mention", "place", "Tarvane-on-Sea")
    last = marked.text.rindex("Tarvane")
    marked.tags["mention"].append(Tag(Span(last, last + 7), "person", 0.2))
    assert {e.type for e in marked.findings(lexicons).entities} == {"place"}


def test_a_title_goes_to_the_name_right_behind_it_whatever_is_linked(lexicons: Lexicons) -> None:
    marked = Marked("Osk Brannet met wharf warden Lidia Morn at noon.")
    marked.mark("mention", "person", "Osk Brannet").mark("mention", "person", "Lidia Morn")
    marked.mark("title", "title", "wharf warden").link("holder", "wharf warden", "Osk Brannet")
    findings = marked.findings(lexicons)
    assert [(r.title, name_of(findings, r.person)) for r in findings.roles] == [("wharf warden", "Lidia Morn")]


def test_a_plural_title_goes_to_every_name_of_the_row(lexicons: Lexicons) -> None:
    marked = Marked("The letter was signed by glassblowers Ada Venn, Tomas Hult and Ines Roka on Friday.")
    for name in ("Ada Venn", "Tomas Hult", "Ines Roka"):
        marked.mark("mention", "person", name)
    findings = marked.mark("title", "title", "glassblowers").findings(lexicons)
    assert {name_of(findings, r.person) for r in findings.roles} == {"Ada Venn", "Tomas Hult", "Ines Roka"}


def test_a_role_takes_the_institution_that_is_linked(lexicons: Lexicons) -> None:
    marked = Marked("Lidia Morn, who has long been a keeper, left the Tidal Guild.")
    marked.mark("mention", "person", "Lidia Morn").mark("mention", "institution", "Tidal Guild", category="other")
    marked.mark("title", "title", "keeper").link("holder", "keeper", "Lidia Morn").link(
        "held_at", "keeper", "Tidal Guild"
    )
    findings = marked.findings(lexicons)
    assert [name_of(findings, r.institution) for r in findings.roles] == ["Tidal Guild"]


def test_split_quotations_under_one_verb_are_one_statement(lexicons: Lexicons) -> None:
    text = "“The gate is shut,” muttered Lidia Morn. “It stays shut.”"
    marked = Marked(text).mark("mention", "person", "Lidia Morn").mark("cue", "cue", "muttered")
    for part in ("“The gate is shut,”", "“It stays shut.”"):
        marked.mark("content", "content", part, kind="direct").link("cued_by", part, "muttered")
        marked.link("uttered_by", part, "Lidia Morn")
    findings = marked.findings(lexicons)
    assert [(len(s.content), name_of(findings, s.speaker)) for s in findings.statements] == [(2, "Lidia Morn")]


def test_a_doubtful_content_without_a_verb_is_left_out(lexicons: Lexicons) -> None:
    marked = Marked("Lidia Morn wants the gate shut.").mark("mention", "person", "Lidia Morn")
    marked.tags["content"].append(Tag(marked.span("the gate shut"), "content", 0.5))
    assert marked.findings(lexicons).statements == ()


def test_triggers_of_one_happening_are_one_event_with_the_date_that_is_linked(lexicons: Lexicons) -> None:
    text = "On Monday the crew scuttled the barge. A year before, in 2019, it ran aground. The scuttling was filmed."
    marked = Marked(text)
    marked.mark("trigger", "event", "scuttled", type="other", realis="happened", rank="main")
    marked.mark("trigger", "event", "scuttling", type="other", realis="happened", rank="other")
    marked.link("same_event", "scuttling", "scuttled").mark("time", "DATE", "Monday").mark("time", "DATE", "2019")
    marked.link("dated", "scuttled", "Monday")
    (event,) = marked.findings(lexicons).events
    assert [t.of(text) for t in event.other_triggers] == ["scuttling"]
    assert event.date is not None
    assert event.date.edtf == "2021-05-03"


def test_what_goes_on_since_a_year_is_open_at_its_end(lexicons: Lexicons) -> None:
    marked = Marked("Morn, who has headed the board since 2006, flew to Lyon on Tuesday.")
    marked.mark("trigger", "event", "headed", type="other", realis="happened", rank="main")
    marked.mark("time", "DATE", "2006").mark("time", "DATE", "Tuesday").link("dated", "headed", "Tuesday")
    (event,) = marked.findings(lexicons).events
    assert event.date is not None
    assert event.date.edtf == "2006/.."


def test_what_the_lead_tells_in_the_perfect_happened_on_the_day_of_publication(lexicons: Lexicons) -> None:
    marked = Marked("The barge has sunk off Portmere, the coast guard said.")
    marked.mark("trigger", "event", "sunk", type="other", realis="happened", rank="main")
    (event,) = marked.findings(lexicons).events
    assert event.date is not None
    assert event.date.edtf == on_day(event.date.earliest).edtf == "2021-05-07"  # type: ignore[arg-type]


def test_a_day_without_its_year_is_kept_where_publication_is_unknown(lexicons: Lexicons) -> None:
    marked = Marked("The barge sank on Jan. 8 off Portmere.").mark("time", "DATE", "Jan. 8")
    marked.mark("trigger", "event", "sank", type="other", realis="happened", rank="main").link(
        "dated", "sank", "Jan. 8"
    )
    (event,) = marked.findings(lexicons, published="").events
    assert event.date is not None
    assert (event.date.edtf, event.date.earliest) == ("XXXX-01-08", None)


def test_a_time_in_a_name_is_none_unless_the_tagger_says_so(lexicons: Lexicons) -> None:
    marked = Marked("The Portmere Daily reported it.").mark(
        "mention", "institution", "Portmere Daily", category="media"
    )
    assert marked.findings(lexicons).times == ()


def test_a_time_that_no_rule_reads_keeps_what_its_words_tell(lexicons: Lexicons) -> None:
    marked = Marked("The siege lasted umpteen weeks.").mark("time", "DURATION", "umpteen weeks")
    assert [(t.type, t.value) for t in marked.findings(lexicons).times] == [("DURATION", "PXW")]


def test_a_linked_relation_is_added_to_those_of_the_rules(lexicons: Lexicons) -> None:
    marked = Marked("Ada Venn never forgave Tomas Hult for the fire.")
    marked.mark("mention", "person", "Ada Venn").mark("mention", "person", "Tomas Hult")
    findings = marked.link("opponent_of", "Ada Venn", "Tomas Hult").findings(lexicons)
    assert [(r.type, name_of(findings, r.source)) for r in findings.relations] == [("opponent_of", "Ada Venn")]


def test_a_common_noun_stands_for_whom_it_is_linked_to(lexicons: Lexicons) -> None:
    marked = Marked("Ada Venn resigned. The glassblower gave no reason.")
    marked.mark("mention", "person", "Ada Venn").mark("nominal", "person", "The glassblower")
    findings = marked.link("same_entity", "The glassblower", "Ada Venn").findings(lexicons)
    (person,) = [e for e in findings.entities if e.type == "person"]
    assert [m.span.of(marked.text) for m in person.mentions] == ["Ada Venn", "The glassblower"]


def test_a_mention_that_begins_within_a_token_holds_nothing_up(lexicons: Lexicons) -> None:
    marked = Marked("The pro-Portmere chairman Tomas Hult said the gate was shut.")
    marked.mark("mention", "place", "Portmere").mark("mention", "person", "Tomas Hult").mark("cue", "cue", "said")
    findings = marked.mark("title", "title", "chairman").findings(lexicons)
    assert [name_of(findings, r.person) for r in findings.roles] == ["Tomas Hult"]
