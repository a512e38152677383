"""Blocks: what a written report is made of, from the top down, whether it becomes a Word file or a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bank.report_section import Section
from bank.reports import TITLES, Report


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what it shows, the words over its columns, and its rows."""

    says: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Bullets | Grid


def blocks_of(report: Report) -> Iterator[Block]:
    """All of a report, part by part."""
    for part, sections in report.parts.items():
        if len(report.parts) > 1:
            yield Heading(TITLES[part])
        for section in sections:
            yield Heading(section.title)
            yield Paragraph(section.says)
            yield grid(section)


def grid(section: Section) -> Grid:
    return Grid(section.title, section.columns, section.rows)
