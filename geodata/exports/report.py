"""One page about the list: map, figures, timeline and the incidents with their sources."""

from collections.abc import Iterator
from html import escape

from matplotlib.figure import Figure

from geodata.exports.citation import describe_terms
from geodata.exports.listing import Listing
from geodata.exports.overview import Overview, Times, look_over
from geodata.exports.picture import CREDIT, draw, draw_map
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.report_words import HEADER, describe_list, describe_made, describe_times, to_cells
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.exports.words import describe_listing, describe_question

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_SIZE = (11.0, 6.6)
_WIDE, _HIGH, _LABELS = 1060, 90, 15
_STYLE = """
:root { color-scheme: light; }
body { font: 14px/1.45 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #1b2530; background: #fff; }
body { max-width: 1060px; margin: 1.2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .2rem; } h2 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
svg { display: block; width: 100%; height: auto; }
.quiet, footer { color: #5b6670; font-size: .86rem; margin: .2rem 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .6rem 1.4rem; }
.figures { margin: .9rem 0; padding: .7rem 0; border-block: 1px solid #dcdfe1; }
.figures b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures span { color: #5b6670; font-size: .82rem; line-height: 1.3; display: block; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 12px; line-height: 1.4; }
th { text-align: start; border-bottom: 1.5px solid #1b2530; padding: 3px 10px 3px 0; }
td p { margin: 0; } td:nth-child(3) p:first-child { font-weight: 600; }
td { vertical-align: top; padding: 4px 10px 4px 0; border-bottom: 1px solid #dcdfe1; overflow-wrap: anywhere; }
th:nth-child(1) { width: 9%; } th:nth-child(2) { width: 13%; } th:nth-child(3) { width: 33%; }
th:nth-child(4) { width: 20%; } th:nth-child(5) { width: 6%; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem .9rem; }
dt { font-weight: 600; } dd { margin: 0; }
footer { border-top: 1px solid #dcdfe1; margin-top: 1.2rem; padding-top: .4rem; }
@media (max-width: 700px) {
  thead { display: none; } tr { display: block; border-bottom: 1px solid #dcdfe1; padding: 6px 0; }
  td { display: block; border: 0; padding: 0; } td:nth-child(1), td:nth-child(2) { font-weight: 600; }
  td:nth-child(5)::before { content: "Killed: "; } td:nth-child(6) { color: #5b6670; } dl { display: block; }
}
@page { size: A4; margin: 12mm; } tr, .figures, svg { break-inside: avoid; }
"""


def to_report(listing: Listing) -> Iterator[bytes]:
    """Yield a page of HTML for reading and printing that fetches nothing and runs nothing.

    The list holds the first rows, and says how many there are.
    """
    overview = look_over(listing)
    question = escape(describe_question(listing.question))
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Incident report</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Incidents: {question}</h1>\n"
        f'<p class="quiet">{escape(describe_made(listing))}</p>{_figures(overview)}\n{_map(listing, overview)}\n'
        f"{_timeline(overview.times)}\n{_list(overview)}\n"
        f"{_about(listing)}</body>\n</html>\n"
    ).encode()


def _figures(overview: Overview) -> str:
    figures = "".join(f"<div><b>{number}</b><span>{escape(label)}</span></div>" for number, label in overview.figures)
    return f'<div class="figures">{figures}</div>'


def _map(listing: Listing, overview: Overview) -> str:
    outside = 0

    def figure() -> Figure:
        nonlocal outside
        drawn = Figure(figsize=_SIZE, facecolor="white")
        outside = draw_map(drawn, (0, 0, 1, 1), listing, overview.spots)
        return drawn

    picture = draw(figure, "svg", metadata={"Date": None, "Creator": None}).decode()
    beyond = f" {outside} more outside this frame." if outside else ""
    return f'{picture[picture.index("<svg") :]}<p class="quiet">{CREDIT}{beyond}</p>'


def _timeline(times: Times) -> str:
    most = max((sum(sides.values()) for _, sides in times.bars), default=0)
    bars = "".join(_bar(times, number, most) for number in range(len(times.bars)))
    drawn = f'<svg viewBox="0 0 {_WIDE} {_HIGH + 34}" role="img" aria-label="Incidents by {times.step}">{bars}</svg>'
    return f'<h2>When: by {times.step}</h2>{drawn if bars else ""}<p class="quiet">{describe_times(times)}</p>'


def _bar(times: Times, number: int, most: int) -> str:
    label, sides = times.bars[number]
    step = min(_WIDE / len(times.bars), 70)
    left, parts, top = number * step, "", _HIGH + 16.0
    for side in SIDE_NAMES:
        if count := sides.get(side, 0):
            top -= count / most * _HIGH
            place = f'x="{left:.1f}" y="{top:.1f}" width="{step * 0.8:.1f}" height="{count / most * _HIGH:.1f}"'
            parts += f'<rect {place} fill="{SIDE_COLOURS[side]}"><title>{SIDE_NAMES[side]}: {count}</title></rect>'
    if number % max(-(-len(times.bars) // _LABELS), 1) == 0:
        parts += f'<text x="{left:.1f}" y="{_HIGH + 30}" font-size="12" fill="#5b6670">{label}</text>'
    total = sum(sides.values())
    return parts + (f'<text x="{left:.1f}" y="{top - 3:.1f}" font-size="11">{total}</text>' if total else "")


def _list(overview: Overview) -> str:
    head = "".join(f"<th>{title}</th>" for title in HEADER)
    rows = "\n".join(f"<tr>{''.join(map(_cell, to_cells(row)))}</tr>" for row in overview.rows)
    return (
        f"<h2>Incidents: {describe_list(overview)}</h2>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    )


def _cell(text: str) -> str:
    lines = "".join(f'<p dir="auto">{escape(line)}</p>' for line in text.splitlines())
    return f"<td>{lines}</td>"


def _about(listing: Listing) -> str:
    pairs = (*describe_listing(listing), *HOW_TO_READ, *describe_terms(listing))
    return f"<footer><dl>{''.join(f'<dt>{escape(s)}</dt><dd>{escape(m)}</dd>' for s, m in pairs)}</dl></footer>\n"
