"""A sheet of paper as people have it: pictures of its pages, what a camera reads there, and what can be selected."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image
from pypdfium2 import raw as pdfium_c

# As an office printer prints, roughly.
_DOTS_AN_INCH = 150


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        yield document


def pictures(pdf: bytes, name: str) -> list[Image.Image]:
    """A picture of each page; kept in the folder that HEARD_SCREENSHOTS names, where it names one."""
    with _opened(pdf) as document:
        found = [page.render(scale=_DOTS_AN_INCH / 72).to_pil() for page in document]
    if folder := os.environ.get("HEARD_SCREENSHOTS"):
        for number, picture in enumerate(found, 1):
            picture.save(Path(folder) / f"{name}-{number}.png")
    return found


def read_by_camera(pages: Sequence[Image.Image]) -> list[str]:
    """What the square codes hold, in reading order."""
    codes = [code for page in pages for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)]
    ordered = sorted(codes, key=lambda code: (code.position.top_left.y // 50, code.position.top_left.x))
    return [code.text for code in ordered]


def text_of(pdf: bytes) -> str:
    """All that can be selected and copied, its lines as one."""
    with _opened(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Of each page, in millimetres."""
    with _opened(pdf) as document:
        return {tuple(round(length / 72 * 25.4) for length in page.get_size()) for page in document}


def type_sizes(pdf: bytes) -> set[float]:
    """Of every letter that is printed, in points."""
    with _opened(pdf) as document:
        pages = [page.get_textpage() for page in document]
        letters = ((page, place) for page in pages for place in range(page.count_chars()))
        printed = (one for one in letters if not pdfium_c.FPDFText_IsGenerated(*one))
        return {round(pdfium_c.FPDFText_GetFontSize(*one), 1) for one in printed}


def tags_of(pdf: bytes) -> list[str]:
    """What the pieces of the first page are said to be, in order."""
    with _opened(pdf) as document:
        return _tags(pdfium_c.FPDF_StructTree_GetForPage(document[0]))


def _tags(tree: Any) -> list[str]:
    found = []
    for place in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
        whole = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, place)
        children = pdfium_c.FPDF_StructElement_CountChildren(whole)
        found += [_kind(pdfium_c.FPDF_StructElement_GetChildAtIndex(whole, child)) for child in range(children)]
    pdfium_c.FPDF_StructTree_Close(tree)
    return found


def _kind(element: Any) -> str:
    size = pdfium_c.FPDF_StructElement_GetType(element, None, 0)
    kept = ctypes.create_string_buffer(size)
    pdfium_c.FPDF_StructElement_GetType(element, kept, size)
    return kept.raw.decode("utf-16-le").rstrip("\0")


def title_of(pdf: bytes) -> str:
    with _opened(pdf) as document:
        return str(document.get_metadata_value("Title"))
