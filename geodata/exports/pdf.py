"""The report as a PDF: a page with map, figures and timeline, and the list with its sources."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import TypeAlias

from fpdf import FPDF, FontFace
from matplotlib.figure import Figure

from geodata.exports.canvas import INK, LINE, MUTED
from geodata.exports.citation import describe_terms
from geodata.exports.letters import FACES, to_letters
from geodata.exports.listing import Listing
from geodata.exports.overview import Overview, Times, look_over
from geodata.exports.picture import CREDIT, draw, draw_map
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.report_words import HEADER, NOT_TOLD, describe_list, describe_made, describe_times, to_cells
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.exports.words import describe_question

Colour: TypeAlias = tuple[int, int, int]
_FONT = "DejaVu"
_EDGE, _WIDE, _HIGH = 13, 184, 104
_MAP_INCHES = (9.0, 9.0 * _HIGH / _WIDE)
_BARS = 17
_COLUMNS = (20, 27, 54, 34, 12, 37)
_LABELS = 16
_LONGEST_TITLE = 240
_FIXED = datetime(1980, 1, 1, tzinfo=UTC)


def to_pdf(listing: Listing) -> Iterator[bytes]:
    """Yield the report as PDF, A4: the first page tells all in short, the list goes on after it.

    A letter that the font lacks is a box. The same list gives the same bytes.
    """
    overview = look_over(listing)
    page = _Page(listing)
    page.head()
    page.figures(overview)
    page.map(overview)
    page.timeline(overview.times)
    page.list(overview)
    page.about()
    yield bytes(page.pdf.output())


class _Page:
    """Writes from top to bottom, in millimetres."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.pdf = _Paper(format="A4")
        self.pdf.set_creation_date(_date(listing.made))
        self.pdf.set_title("Incident report")
        self.pdf.set_subject(to_letters(describe_question(listing.question)))
        self.pdf.set_lang("en")
        for style, file in FACES.items():
            self.pdf.add_font(_FONT, style, file)
        self.pdf.set_text_shaping(use_shaping_engine=True)
        self.pdf.c_margin = 0
        self.pdf.set_margins(_EDGE, _EDGE)
        self.pdf.set_auto_page_break(auto=True, margin=16)
        self.pdf.add_page()

    def write(self, text: str, size: float, *, style: str = "", colour: str = INK, high: float = 1.35) -> None:
        """Write a paragraph and go to the next line."""
        self.pdf.set_font(_FONT, style, size)
        self.pdf.set_text_color(*_rgb(colour))
        self.pdf.multi_cell(0, size * 0.3528 * high, to_letters(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def head(self) -> None:
        self.write("INCIDENT REPORT", 7.5, style="B", colour=MUTED)
        self.pdf.ln(0.8)
        title = describe_question(self.listing.question)
        self.write(title[:1].upper() + title[1:_LONGEST_TITLE], 15, style="B", high=1.25)
        self.pdf.ln(0.8)
        self.write(describe_made(self.listing), 7.5, colour=MUTED)
        self.pdf.ln(2)

    def figures(self, overview: Overview) -> None:
        top, step = self.pdf.get_y(), _WIDE / len(overview.figures)
        bottoms = [self._figure(_EDGE + n * step, top + 2, step - 4, *told) for n, told in enumerate(overview.figures)]
        self.rule(top)
        self.rule(max(bottoms) + 1.5)
        self.pdf.set_xy(_EDGE, max(bottoms) + 4.5)

    def _figure(self, x: float, y: float, wide: float, number: str, label: str) -> float:
        self.pdf.set_xy(x, y)
        self.pdf.set_font(_FONT, "B", 15)
        self.pdf.set_text_color(*_rgb(INK))
        self.pdf.cell(wide, 7, number)
        self.pdf.set_xy(x, y + 7)
        self.pdf.set_font(_FONT, "", 6.8)
        self.pdf.set_text_color(*_rgb(MUTED))
        self.pdf.multi_cell(wide, 3.1, to_letters(label), align="L")
        return self.pdf.get_y()

    def rule(self, y: float) -> None:
        """Draw a fine line across the page."""
        self.pdf.set_draw_color(*_rgb(LINE))
        self.pdf.set_line_width(0.25)
        self.pdf.line(_EDGE, y, _EDGE + _WIDE, y)

    def map(self, overview: Overview) -> None:
        outside = 0

        def figure() -> Figure:
            nonlocal outside
            drawn = Figure(figsize=_MAP_INCHES, facecolor="white")
            outside = draw_map(drawn, (0, 0, 1, 1), self.listing, overview.spots)
            return drawn

        picture = draw(figure, "png", dpi=200, metadata={"Software": None})
        words = f"Map of {len(overview.spots)} places"
        self.pdf.image(BytesIO(picture), x=_EDGE, w=_WIDE, h=_HIGH, alt_text=words)
        self.pdf.ln(1)
        self.write(CREDIT + (f" {outside} more outside this frame." if outside else ""), 6.5, colour=MUTED)
        self.pdf.ln(2.5)

    def timeline(self, times: Times) -> None:
        self.write(f"When: by {times.step}", 9.5, style="B")
        if times.bars:
            self._sides({side for _, sides in times.bars for side in sides})
            top, step = self.pdf.get_y() + 4, min(_WIDE / len(times.bars), 24)
            most = max(sum(sides.values()) for _, sides in times.bars)
            every = max(-(-len(times.bars) // _LABELS), 1)
            for number, (label, sides) in enumerate(times.bars):
                shown = label if number % every == 0 else ""
                self._bar(_EDGE + number * step, top + _BARS, step, {side: n / most for side, n in sides.items()})
                self._bar_words(_EDGE + number * step, top + _BARS, shown, sum(sides.values()), most)
            self.pdf.set_xy(_EDGE, top + _BARS + 4.5)
        self.write(describe_times(times), 6.8, colour=MUTED)
        self.pdf.ln(2.5)

    def _sides(self, present: set[str]) -> None:
        x, y = self.pdf.get_x() + 44, self.pdf.get_y() - 4
        self.pdf.set_font(_FONT, "", 6.8)
        self.pdf.set_text_color(*_rgb(MUTED))
        for side in SIDE_NAMES:
            if side in present:
                self.pdf.set_fill_color(*_rgb(SIDE_COLOURS[side]))
                self.pdf.rect(x, y + 0.9, 2.2, 2.2, style="F")
                self.pdf.text(x + 3.2, y + 2.9, SIDE_NAMES[side])
                x += 6.5 + self.pdf.get_string_width(SIDE_NAMES[side])

    def _bar(self, x: float, bottom: float, step: float, shares: dict[str, float]) -> None:
        for side in SIDE_NAMES:
            if share := shares.get(side, 0):
                self.pdf.set_fill_color(*_rgb(SIDE_COLOURS[side]))
                bottom -= share * _BARS
                self.pdf.rect(x, bottom, step * 0.8, share * _BARS, style="F")

    def _bar_words(self, x: float, bottom: float, label: str, total: int, most: int) -> None:
        self.pdf.set_font(_FONT, "", 6.5)
        self.pdf.set_text_color(*_rgb(INK))
        if total:
            self.pdf.text(x, bottom - total / most * _BARS - 0.8, f"{total:,}")
        self.pdf.set_text_color(*_rgb(MUTED))
        self.pdf.text(x, bottom + 3, label)

    def list(self, overview: Overview) -> None:
        self.write(f"Incidents: {describe_list(overview)}", 9.5, style="B")
        self.pdf.ln(0.8)
        self.pdf.set_font(_FONT, "", 6.6)
        self.pdf.set_text_color(*_rgb(INK))
        self.pdf.set_draw_color(*_rgb(LINE))
        self.pdf.set_line_width(0.2)
        self.pdf.set_fill_color(255, 255, 255)
        bold = FontFace(emphasis="BOLD", color=_rgb(INK))
        with self.pdf.table(
            headings_style=bold,
            col_widths=_COLUMNS,
            line_height=2.9,
            text_align="LEFT",
            v_align="TOP",
            borders_layout="HORIZONTAL_LINES",
            padding=(0.9, 1.6, 0.9, 0),
            width=_WIDE,
            align="LEFT",
        ) as table:
            for cells in (HEADER, *map(to_cells, overview.rows)):
                table.row([to_letters(cell) for cell in cells])

    def about(self) -> None:
        self.pdf.ln(4)
        listing = self.listing
        owed = [f"{subject}: {meaning}" for subject, meaning in describe_terms(listing)]
        read = [f"{subject}: {meaning}" for subject, meaning in HOW_TO_READ]
        read.append(f"“{NOT_TOLD}” under Killed: no source tells; it is never zero.")
        for title, lines in (("How to read it", read), ("Cite and credit", owed)):
            self.write(title, 8.5, style="B")
            for line in lines:
                self.write(line, 6.6, colour=MUTED)
            self.pdf.ln(2)


class _Paper(FPDF):
    """Numbered pages."""

    def footer(self) -> None:
        """Write the page's number below each page."""
        self.set_y(-11)
        self.set_font(_FONT, "", 6.8)
        self.set_text_color(*_rgb(MUTED))
        self.cell(0, 4, f"Incident map · page {self.page_no()} of {{nb}}", align="R")


def _date(made: str) -> datetime:
    return datetime.fromisoformat(made) if made else _FIXED


def _rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
