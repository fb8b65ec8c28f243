"""One page about the list: map, figures, timeline and the incidents with their sources."""

from collections.abc import Iterator
from html import escape

from geodata.exports.columns import EXPORTED
from geodata.exports.listing import Listing
from geodata.exports.map_rows import people
from geodata.exports.picture import to_svg
from geodata.exports.reading import HOW_TO_READ
from geodata.exports.sides import SIDE_COLOURS, SIDE_NAMES
from geodata.exports.words import describe_listing, describe_question
from geodata.incidents.dates import describe_interval
from geodata.store.counts import Estimate, summarize
from geodata.store.timeline import Timeline, count_by_time

MOST_LISTED = 200
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_HIGH, _BAR = 90, 14
_STYLE = """
body { font: 14px/1.4 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #1b2530; }
body { max-width: 1100px; margin: 1rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1rem; margin: 1rem 0 .3rem; }
svg { max-width: 100%; height: auto; } .figures { display: flex; flex-wrap: wrap; gap: 2rem; margin: .5rem 0; }
.figures b { display: block; font-size: 1.3rem; } table { border-collapse: collapse; width: 100%; font-size: 12px; }
th, td { text-align: start; vertical-align: top; padding: 2px 8px 2px 0; border-bottom: 1px solid #dcdfe1; }
td { overflow-wrap: anywhere; }
dt { font-weight: 600; } dd { margin: 0 0 .3rem; } footer { font-size: 12px; color: #5b6670; }
@page { size: A4; margin: 12mm; } tr { break-inside: avoid; }
"""


def to_report(listing: Listing) -> Iterator[bytes]:
    """Yield a page of HTML for reading and printing that fetches nothing and runs nothing.

    The list holds the first `MOST_LISTED` rows, and says how many there are.
    """
    picture = b"".join(to_svg(listing)).decode()
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n<title>Incident report</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Incidents</h1>\n"
        f"<p>{escape(describe_question(listing.question))}</p>\n{_figures(listing)}\n"
        f"{picture[picture.index('<svg') :]}\n{_timeline(listing)}\n"
    ).encode()
    yield from _list(listing)
    yield f"{_about(listing)}</body>\n</html>\n".encode()


def _figures(listing: Listing) -> str:
    told = summarize(listing.store, listing.question)
    figures = (
        (str(told.incidents), "incidents"),
        (str(told.places), "places"),
        (_estimate(told.killed), f"killed, as reported; {told.killed.silent} silent"),
        (_estimate(told.injured), f"injured; {told.injured.silent} silent"),
        (str(told.documents), "source documents"),
    )
    return f'<div class="figures">{"".join(f"<div><b>{number}</b>{label}</div>" for number, label in figures)}</div>'


def _estimate(people_counted: Estimate) -> str:
    if not people_counted.stated:
        return "unknown"
    low, high = people_counted.low, people_counted.high
    return str(low) if low == high else f"{low}–{high}"


def _timeline(listing: Listing) -> str:
    """Return bars of the incidents by year and side; those known to several years are counted beside."""
    time = count_by_time(listing.store, listing.question, "year")
    if not time.bars:
        return ""
    first, last = min(bar[0] for bar in time.bars), max(bar[0] for bar in time.bars)
    most = max(sum(n for year, _, n in time.bars if year == at) for at in range(first, last + 1))
    bars = "".join(_year(time, year, (year - first) * 4 * _BAR, most) for year in range(first, last + 1))
    beside = sum(n for *_, n in time.intervals)
    wide = (last - first + 1) * 4 * _BAR
    return (
        f'<h2>By year</h2><svg width="{wide}" height="{_HIGH + 34}" role="img" aria-label="By year">{bars}</svg>'
        f"<p>{beside} known to several years and {time.undated} undated are not drawn.</p>"
    )


def _year(time: Timeline, year: int, left: int, most: int) -> str:
    parts, top = "", _HIGH + 16.0
    for side in SIDE_NAMES:
        count = sum(n for at, whose, n in time.bars if at == year and whose == side)
        high = count / most * _HIGH
        top -= high
        if count:
            place = f'x="{left}" y="{top:.1f}" width="{3 * _BAR}" height="{high:.1f}"'
            parts += f'<rect {place} fill="{SIDE_COLOURS[side]}"><title>{SIDE_NAMES[side]}: {count}</title></rect>'
    total = sum(n for at, _, n in time.bars if at == year)
    label = f'<text x="{left}" y="{_HIGH + 30}" font-size="12">{year}</text>'
    return parts + label + (f'<text x="{left}" y="{top - 3:.1f}" font-size="11">{total}</text>' if total else "")


def _list(listing: Listing) -> Iterator[bytes]:
    total = listing.counts.total()
    first = f"the first {MOST_LISTED} of {total}" if total > MOST_LISTED else str(total)
    yield (
        f"<h2>Incidents: {first}</h2>\n<table><thead><tr><th>Date</th><th>Place</th><th>What</th><th>Who</th>"
        "<th>Killed</th><th>Summary</th><th>Sources</th></tr></thead><tbody>\n"
    ).encode()
    rest = MOST_LISTED
    for batch in listing.batches():
        rows = batch.select([*EXPORTED]).slice(0, rest).to_pylist()
        rest -= len(rows)
        yield "".join(map(_line, rows)).encode()
    yield b"</tbody></table>\n"


def _line(row: dict[str, object]) -> str:
    days = describe_interval(row["date_earliest"], row["date_latest"], str(row["date_precision"]))  # pyright: ignore[reportArgumentType]
    where = (
        f"{row['place_name'] or row['place']} ({row['known_to'] if row['location'] != 'unplaced' else 'not placed'})"
    )
    cells = (
        days,
        where,
        str(row["event_type"] or row["category"]).replace("_", " "),
        f"{row['actor_name'] or 'unknown'} ({row['attribution']})",
        people(row, "killed"),
        row["summary"],
        row["sources"],
    )
    return f"<tr>{''.join(_cell(cell) for cell in cells)}</tr>\n"


def _cell(value: object) -> str:
    return f'<td dir="auto">{escape(str(value))}</td>'


def _about(listing: Listing) -> str:
    pairs = (*describe_listing(listing), *HOW_TO_READ)
    return f"<footer><dl>{''.join(f'<dt>{escape(s)}</dt><dd>{escape(m)}</dd>' for s, m in pairs)}</dl></footer>\n"
