"""The feed of open projects: Atom (RFC 4287), for feed readers and other websites."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime

from bank.open_projects import OpenProject
from bank.saying import Saying
from flows import public_page
from language.tag import html_lang
from language.wording import SOURCE_LANGUAGE

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold at all (2.2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = "http://www.w3.org/XML/1998/namespace"


def written(projects: Sequence[OpenProject], say: Saying, public_url: str, now: datetime) -> bytes:
    """The whole feed. What a project has no words for in this language is told in English."""
    ET.register_namespace("", _ATOM)
    asked = "" if say.language == SOURCE_LANGUAGE else f"?language={say.language}"
    feed = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": html_lang(say.language)})
    _text(feed, "id", f"{public_url}/open/feed.xml{asked}")
    _text(feed, "title", f"{say.organisation.council}: {say(public_page.OPEN)}")
    _text(feed, "updated", _instant(max((one.changed_at for one in projects), default=now)))
    _text(_child(feed, "author"), "name", say.organisation.council)
    _child(feed, "link", rel="self", type="application/atom+xml", href=f"{public_url}/open/feed.xml{asked}")
    _child(feed, "link", rel="alternate", type="text/html", href=f"{public_url}/open{asked}")
    for one in projects:
        _entry(feed, one, say, public_url)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, one: OpenProject, say: Saying, public_url: str) -> None:
    language = say.language if say.language in one.languages else SOURCE_LANGUAGE
    asked = "" if language == SOURCE_LANGUAGE else f"?language={language}"
    told = one.facts(language, say.organisation)
    entry = ET.SubElement(feed, f"{{{_ATOM}}}entry", {f"{{{_XML}}}lang": html_lang(language)})
    _text(entry, "id", f"{public_url}/open/{one.token}")
    _text(entry, "title", told["project"])
    _text(entry, "updated", _instant(one.changed_at))
    _child(entry, "link", rel="alternate", type="text/html", href=f"{public_url}/open/{one.token}{asked}")
    _text(entry, "summary", told["aim"])


def _child(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)


def _text(parent: ET.Element, name: str, text: str) -> None:
    _child(parent, name).text = _NOT_XML.sub("", text)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
