"""Tagged PDF: the library's document, which says of each piece what it is, for those who have it read out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF

from bank.print_type import Part


class TaggedPdf(FPDF):
    """The library tags pictures and links only, so what else there is tags itself here."""

    @contextmanager
    def part(self, kind: Part, alt: str | None = None) -> Iterator[None]:
        """What is written now is this. `alt` says what a picture shows."""
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=mcid, alt_text=alt)
        self._out(f"/{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """What is drawn now says nothing: it is not read out."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")
