"""Mails that the tests make."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from kb_app.core.article import Article
from kb_app.ingest.articles import to_article
from tests.ingest.pages import PARAGRAPHS, source

STORY = "\n\n".join(PARAGRAPHS)
PAGE = "<html><body>" + "".join(f"<p>{words.replace('&', '&amp;')}</p>" for words in PARAGRAPHS) + "</body></html>"


def mail(plain: str = "", page: str = "", subject: str = "Pier closed", **headers: str) -> EmailMessage:
    """Return a mail with a text, a page, or both as alternatives."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("sender", "Una Stell <una@stell.example>")
    message["To"] = "desk@post.example"
    message["Subject"] = subject
    message["Date"] = "Sat, 09 Mar 2024 10:20:30 +0100"
    message["Message-ID"] = "<1@stell.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if plain or not page:
        message.set_content(plain or STORY)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


def read(message: EmailMessage | bytes) -> Article:
    """Return the article of a mail."""
    return to_article(source(message if isinstance(message, bytes) else message.as_bytes(), "a.eml"))
