"""A Word file that anybody can read: real headings, tables with a head, its language, and no odd letters."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from zipfile import ZipFile

import docx
import pytest

from bank.written_report import Written


@pytest.fixture
def file() -> bytes:
    report = Written("Carers' space", "en-GB", "Ashdale Council", datetime(2026, 12, 4, 10, tzinfo=UTC))
    report.heading("How it was")
    report.paragraph("About 15 people answered.")
    report.table("How often each answer was given", ["Answer", "People"], [["5 (best)", "10"], ["4", "5"]])
    report.heading("In their words", 2)
    report.quote("The tea was \x0bhot <b>and</b> good")
    report.bullets(["One", "Two"])
    return report.file()


def test_headings_are_headings_and_lists_are_lists(file: bytes) -> None:
    styles = [(one.style.name, one.text) for one in docx.Document(io.BytesIO(file)).paragraphs if one.text]
    assert styles == [
        ("Title", "Carers' space"),
        ("Heading 1", "How it was"),
        ("Normal", "About 15 people answered."),
        ("Heading 2", "In their words"),
        ("Quote", "The tea was hot <b>and</b> good"),
        ("List Bullet", "One"),
        ("List Bullet", "Two"),
    ]


def test_a_table_says_what_it_shows_and_which_row_is_its_head(file: bytes) -> None:
    (table,) = docx.Document(io.BytesIO(file)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Answer", "People"],
        ["5 (best)", "10"],
        ["4", "5"],
    ]
    written = ZipFile(io.BytesIO(file)).read("word/document.xml").decode()
    assert written.count('<w:tblHeader w:val="true"/>') == 1
    assert '<w:tblDescription w:val="How often each answer was given"/>' in written


def test_it_says_its_language_title_and_who_made_it(file: bytes) -> None:
    told = docx.Document(io.BytesIO(file)).core_properties
    assert (told.title, told.author, told.language) == ("Carers' space", "Ashdale Council", "en-GB")
    styles = ZipFile(io.BytesIO(file)).read("word/styles.xml").decode()
    assert '<w:lang w:val="en-GB"' in styles
