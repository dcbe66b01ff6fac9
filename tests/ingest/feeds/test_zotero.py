"""Libraries of Zotero: items with their fields, notes and files."""

from __future__ import annotations

import pytest

from kb_app.core.errors import Failed, Refused
from kb_app.ingest.feeds.zotero import relative_path
from tests.ingest.feeds.opening import article_of, members, taken

LIBRARY = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <bib:Article rdf:about="https://post.example/pier">
  <z:itemType>newspaperArticle</z:itemType>
  <dcterms:isPartOf><bib:Newspaper><dc:title>Harbury Post</dc:title></bib:Newspaper></dcterms:isPartOf>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Stell</foaf:surname>
   <foaf:givenName>Una</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
  <dc:title>Pier closed</dc:title><dc:date>2024-02-09</dc:date>
  <dcterms:abstract>The pier &lt;shut&gt; on Friday.
It will open in spring.</dcterms:abstract>
  <dc:identifier><dcterms:URI><rdf:value>https://post.example/pier</rdf:value></dcterms:URI></dc:identifier>
  <dcterms:isReferencedBy rdf:resource="#item_9"/>
  <link:link rdf:resource="#item_3"/><link:link rdf:resource="#item_4"/>
 </bib:Article>
 <bib:Memo rdf:about="#item_9"><rdf:value>&lt;p&gt;Ask Ilse Marrow.&lt;/p&gt;</rdf:value></bib:Memo>
 <z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/3/pier.pdf"/>
 </z:Attachment>
 <z:Attachment rdf:about="#item_4"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="../../secret.txt"/>
 </z:Attachment>
 <rdf:Description rdf:about="#item_12"><z:itemType>webpage</z:itemType><dc:title>Ferry late</dc:title>
 </rdf:Description>
</rdf:RDF>"""


def test_an_item_has_its_fields_notes_and_files() -> None:
    first, second = members(LIBRARY, "library.rdf")
    assert first.given.attachments == ("files/3/pier.pdf",)
    assert [warning.partition(":")[0] for warning in first.warnings] == ["attachment-outside", "summary-only"]
    found = article_of(first)
    known = found.metadata
    assert known.byline and known.byline.value == "Una Stell"
    assert known.publisher and (known.publisher.value, known.publisher.how) == ("Harbury Post", "field “publication”")
    assert known.source_url and known.source_url.value == "https://post.example/pier"
    assert known.published and known.published.edtf == "2024-02-09"
    assert found.text == "Pier closed\n\nThe pier <shut> on Friday.\n\nIt will open in spring.\n\nAsk Ilse Marrow."
    assert article_of(second).text == "Ferry late"


def test_an_archived_item_holds_its_journal_and_notes() -> None:
    first = members(LIBRARY, "library.rdf")[0]
    alone = article_of(type(first)(first.name, first.data, first.media_type))
    assert alone.text == article_of(first).text
    assert alone.metadata.publisher == article_of(first).metadata.publisher


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("files/3/pier.pdf", "files/3/pier.pdf"),
        ("./files//3/pier.pdf", "files/3/pier.pdf"),
        ("files\\3\\pier.pdf", "files/3/pier.pdf"),
        ("../pier.pdf", ""),
        ("files/../../pier.pdf", ""),
        ("/etc/hosts", ""),
        ("C:\\pier.pdf", ""),
        ("\\\\host\\pier.pdf", ""),
        ("file:///etc/hosts", ""),
        ("", ""),
    ],
)
def test_a_path_never_leads_out_of_the_folder_of_the_export(path: str, kept: str) -> None:
    assert relative_path(path) == kept


def test_a_library_that_declares_entities_is_refused() -> None:
    bad = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + LIBRARY.replace("Pier closed", "&x;")
    with pytest.raises(Refused) as refused:
        taken(bad, "library.rdf")
    assert refused.value.code == "xml-entities"


def test_a_broken_library_fails_with_a_sentence() -> None:
    with pytest.raises(Failed) as failed:
        taken(LIBRARY[:900], "library.rdf")
    assert failed.value.code == "corrupt"
