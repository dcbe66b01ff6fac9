"""RSS and Atom: one article an item, and nothing that a feed can do to the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb_app.core.article import ZoneKind
from kb_app.core.errors import Failed, Refused
from kb_app.ingest.media_type import ITEM_XML, media_type_of
from tests.ingest.feeds.opening import LONG, article_of, members, taken

RSS_2 = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbury Post</title><language>en-GB</language>
<item><title>Pier &amp;amp; quay closed</title><link>https://post.example/pier</link><dc:creator>Una Stell</dc:creator>
<dc:creator>Tomas Varn</dc:creator><pubDate>Fri, 09 Feb 2024 23:30:00 -0500</pubDate>
<description>The pier is shut.</description>
<content:encoded><![CDATA[<p>{LONG}</p><h2>What comes next</h2><p>The work begins in April.</p>
<p>The post Pier closed appeared first on Harbury Post.</p>]]></content:encoded></item>
<item><title>Herring prices rise</title><guid>https://post.example/herring</guid>
<source url="https://gazette.example/rss">Lowmere Gazette</source><author>desk@gazette.example (Ada Brill)</author>
<description>Prices rose by a tenth.</description></item>
<item><title>Ferry late</title></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lowmere Gazette</title>
<entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; plan</title><link rel="self" href="https://g.example/self"/>
<link href="https://g.example/plan"/><author><name>Ada Brill</name></author><updated>2024-03-01T10:00:00Z</updated>
<published>2024-02-29T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p><p>It is <em>bold</em>.</p></div></content>
</entry></feed>"""

RSS_1 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://o.example/"><title>Orla Observer</title></channel>
<item rdf:about="https://o.example/1"><title>Dam opened</title><link>https://o.example/1</link>
<description>Anna Vela opened the dam.</description><dc:date>2024-05-03</dc:date></item></rdf:RDF>"""


def test_an_item_of_rss_2_is_an_article_with_its_fields() -> None:
    first = members(RSS_2, "post.xml")[0]
    assert (first.media_type, first.provenance.how) == (ITEM_XML, "feed")
    assert first.name == "1: Pier & quay closed"
    found = article_of(first)
    known = found.metadata
    assert known.title and (known.title.value, known.title.how) == ("Pier & quay closed", "field “title”")
    assert known.byline and (known.byline.value, known.byline.how) == ("Una Stell, Tomas Varn", "field “dc:creator”")
    assert known.published and (known.published.edtf, known.published_how) == ("2024-02-09", "field “pubDate”")
    assert known.publisher and known.publisher.value == "Harbury Post"
    assert known.source_url and known.source_url.value == "https://post.example/pier"
    assert "work begins in April" in found.body.of(found.text)
    kinds = {zone.kind: zone.span.of(found.text) for zone in found.zones}
    assert kinds[ZoneKind.SUBHEAD] == "What comes next"
    assert kinds[ZoneKind.BOILERPLATE].startswith("The post Pier closed")


def test_an_item_with_a_summary_alone_says_so_and_a_source_is_the_publisher() -> None:
    second, third = members(RSS_2, "post.xml")[1:]
    assert [one.warnings[0].partition(":")[0] for one in (second, third)] == ["summary-only"] * 2
    known = article_of(second).metadata
    assert known.publisher and known.publisher.value == "Lowmere Gazette"
    assert known.host and known.host.value == "Harbury Post"
    assert known.byline and known.byline.value == "Ada Brill"
    assert known.source_url and known.source_url.value == "https://post.example/herring"
    assert article_of(third).text == "Ferry late"


def test_atom_gives_its_markup_and_the_day_of_publication() -> None:
    found = article_of(members(ATOM, "gazette.atom")[0])
    assert found.title == "A bold plan"
    assert found.text.endswith("It is bold.")
    assert found.metadata.published and found.metadata.published.edtf == "2024-02-29"
    assert found.metadata.source_url and found.metadata.source_url.value == "https://g.example/plan"


def test_rss_1_is_a_feed_and_no_library() -> None:
    found = article_of(members(RSS_1, "observer.rdf")[0])
    assert (found.title, found.metadata.publisher and found.metadata.publisher.value) == ("Dam opened", "Orla Observer")


def test_an_archived_item_reads_the_same_without_what_was_given() -> None:
    member = members(RSS_2, "post.xml")[1]
    alone = article_of(type(member)(member.name, member.data, member.media_type))
    assert alone.text == article_of(member).text
    assert alone.metadata.publisher and alone.metadata.publisher.how == "field “source”"


def test_the_map_leads_to_the_same_words_in_the_item() -> None:
    member = members(RSS_2, "post.xml")[0]
    found, source = article_of(member), member.data.decode()
    runs = [(s.text_start, s.original_start, s.length) for s in found.offset_map]
    assert all(found.text[a : a + n] == source[b : b + n] for a, b, n in runs)
    assert sum(n for _, _, n in runs) > 0.9 * len(found.text)


def test_a_feed_is_read_in_the_encoding_that_it_declares() -> None:
    feed = '<?xml version="1.0" encoding="windows-1251"?><rss><channel><title>Т</title><item><title>Мост закрыт</title>'
    found = members((feed + "</item></channel></rss>").encode("cp1251"), "feed.xml")
    assert found[0].given.title == "Мост закрыт"


def test_the_items_before_a_break_are_kept_and_the_broken_one_says_so() -> None:
    kept = members(RSS_2[: RSS_2.index("Prices rose")], "cut.xml")
    assert not kept[0].warnings
    assert kept[1].warnings[0].startswith("xml-repaired")


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    ],
    ids=["laughs", "file", "network"],
)
def test_a_feed_that_declares_entities_is_refused(declared: str) -> None:
    feed = f"<?xml version='1.0'?>{declared}<rss><channel><item><title>&b;&x;</title></item></channel></rss>"
    for data in (feed.encode(), feed.encode("utf-16")):
        with pytest.raises(Refused) as refused:
            taken(data, "bad.xml")
        assert refused.value.code == "xml-entities"


def test_an_entity_behind_a_long_prolog_brings_no_file_in(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("canary words")
    prolog = "<!--" + "x" * 300_000 + "-->" + f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{canary.as_uri()}">]>'
    feed = f"<rss>{prolog}</rss>".replace("<rss>", "", 1).replace("</rss>", "<rss><channel><item><title>&x;</title>")
    try:
        found = taken(feed + "</item></channel></rss>", "bad.xml")
    except (Refused, Failed):
        return
    assert "canary words" not in repr(found)


def test_a_feed_without_items_fails_with_a_sentence() -> None:
    with pytest.raises(Failed) as failed:
        taken("<rss version='2.0'><channel><title>Nothing</title></channel></rss>", "none.xml")
    assert failed.value.code == "no-articles"


@pytest.mark.parametrize("attributes", [200_000, 1])
def test_many_attributes_end_soon(attributes: int) -> None:
    item = "<item " + " ".join(f'a{n}="{"x" * (2_000_000 // attributes)}"' for n in range(attributes))
    try:
        taken(f"<rss><channel>{item}><title>T</title></item></channel></rss>", "wide.xml")
    except (Failed, Refused) as error:
        assert error.code in ("corrupt", "no-articles")


def test_many_comments_do_not_slow_the_look_at_a_file() -> None:
    assert media_type_of(b"<!--a-->" * 900 + b"words") == "text/plain"
    assert media_type_of(b"<?xml version='1.0'?>" + b"<!--a-->" * 900 + b"<x") == "application/xml"
