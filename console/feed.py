"""Feeds, of open projects and of what was promised: Atom (RFC 4287), for feed readers and other websites."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bank.open_projects import OpenProject
from bank.promises_told import Told
from bank.saying import Saying
from flows import public_page
from language.tag import html_lang
from language.wording import SOURCE_LANGUAGE

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold at all (2.2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` never changes, `link` is where one reads more."""

    id: str
    link: str
    title: str
    summary: str
    language: str
    updated: datetime


def written(projects: Sequence[OpenProject], say: Saying, public_url: str, now: datetime) -> bytes:
    """The feed of what is open. What a project has no words for in this language is told in English."""
    title = f"{say.organisation.council}: {say(public_page.OPEN)}"
    entries = [_open(one, say, public_url) for one in projects]
    return _feed(entries, title, f"{public_url}/open/feed.xml", f"{public_url}/open", say, now)


def of_promises(told: Sequence[Told], title: str, here: str, say: Saying, now: datetime) -> bytes:
    """The feed of what was promised in a project, whose page is `here`: an entry is new whenever a promise changes."""
    entries = [
        Entry(
            f"{here}#p-{one.token}",
            f"{here}{_asked(say.language)}#p-{one.token}",
            one.title,
            " ".join((one.said, *one.how)),
            one.language,
            one.changed_at,
        )
        for one in told
    ]
    return _feed(entries, f"{say.organisation.council}: {title}", f"{here}/feed.xml", here, say, now)


def _open(one: OpenProject, say: Saying, public_url: str) -> Entry:
    language = say.language if say.language in one.languages else SOURCE_LANGUAGE
    told, id_ = one.facts(language, say.organisation), f"{public_url}/open/{one.token}"
    return Entry(id_, f"{id_}{_asked(language)}", told["project"], told["aim"], language, one.changed_at)


def _feed(entries: Sequence[Entry], title: str, itself: str, page: str, say: Saying, now: datetime) -> bytes:
    ET.register_namespace("", _ATOM)
    asked = _asked(say.language)
    feed = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": html_lang(say.language)})
    _text(feed, "id", f"{itself}{asked}")
    _text(feed, "title", title)
    _text(feed, "updated", _instant(max((one.updated for one in entries), default=now)))
    _text(_child(feed, "author"), "name", say.organisation.council)
    _child(feed, "link", rel="self", type="application/atom+xml", href=f"{itself}{asked}")
    _child(feed, "link", rel="alternate", type="text/html", href=f"{page}{asked}")
    for one in entries:
        _entry(feed, one)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, one: Entry) -> None:
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry", {f"{{{_XML}}}lang": html_lang(one.language)})
    _text(entry, "id", one.id)
    _text(entry, "title", one.title)
    _text(entry, "updated", _instant(one.updated))
    _child(entry, "link", rel="alternate", type="text/html", href=one.link)
    _text(entry, "summary", one.summary)


def _asked(language: str) -> str:
    """What follows a page's address to have it in that language."""
    return "" if language == SOURCE_LANGUAGE else f"?language={language}"


def _child(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _child(parent, name).text = _NOT_XML.sub("", text)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
