"""The book of a fake as a page for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from aiohttp import web

from channels.fakes.book import Book, Entry

NEWEST = 200

_STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #767676;padding:.4rem;text-align:left;vertical-align:top}"
    "td.text{white-space:pre-wrap}"
)


def page(title: str, books: Mapping[str, Book]) -> web.Response:
    """The newest entries of each book, newest first, every value escaped."""
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>",
    ]
    for heading, book in books.items():
        parts.append(f"<h2>{escape(heading)} ({book.count})</h2>{_table(book.accepted[-NEWEST:])}")
    parts.append("</body></html>")
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return web.Response(text="".join(parts), content_type="text/html", headers=headers)


def _table(entries: Sequence[Entry]) -> str:
    if not entries:
        return "<p>Nothing yet.</p>"
    rows = "".join(_row(entry) for entry in reversed(entries))
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("When", "From", "To", "Text", "What became of it"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(entry: Entry) -> str:
    became = ", ".join(f"{mark.status} {mark.error or ''}".strip() for mark in entry.history)
    cells = (f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.from_, entry.to)
    plain = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr>{plain}<td class="text">{escape(entry.text)}</td><td>{escape(became)}</td></tr>'
