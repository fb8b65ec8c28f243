"""Every sentence and label that the reader sees."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from types import MappingProxyType
from typing import Any

import pandas as pd

from geodata.formats.opening import OpenTable
from geodata.incidents.dates import describe_interval
from geodata.store.counts import Estimate, Summary

SIDES: Mapping[str, str] = MappingProxyType(
    {
        "iran-and-allies": "Iran and allies",
        "us-led-coalition": "US-led coalition",
        "israel": "Israel",
        "iraq": "Iraq (government)",
        "islamic-state": "Islamic State",
        "other": "Other",
        "unknown": "Unknown",
    }
)
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {"kinetic": "Kinetic", "deployment": "Deployment", "political": "Political", "threat": "Threat"}
)
ATTRIBUTIONS: Mapping[str, str] = MappingProxyType(
    {"claimed": "● claimed", "attributed": "◉ attributed", "alleged": "◌ alleged", "unknown": "○ nobody named"}
)
PRECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "site": "site",
        "town": "town",
        "district": "district",
        "province": "province",
        "region": "region",
        "country": "country",
    }
)
ORDERS: Mapping[str, str] = MappingProxyType(
    {
        "newest": "Newest first",
        "oldest": "Oldest first",
        "place": "By place",
        "actor": "By actor",
        "killed": "Most killed first",
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "start": "the first day",
        "end": "the last day",
        "within": "“lies within”",
        "undated": "leaving out undated incidents",
        "sides": "the sides",
        "factions": "the factions",
        "categories": "the kind of event",
        "event_types": "the event type",
        "countries": "the country",
        "attributions": "who says so",
        "known_to": "how well the place is known",
        "denied": "only what somebody denies",
        "text": "the words searched for",
    }
)
COLUMNS: Mapping[str, str] = MappingProxyType({"incident_id": "Id", "admin1": "Province"})
RELATIONS: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("part_of", True): "Part of",
        ("part_of", False): "Its parts",
        ("retaliates_for", True): "In retaliation for",
        ("retaliates_for", False): "What followed",
        ("possible_duplicate_of", True): "Perhaps the same as",
        ("possible_duplicate_of", False): "Perhaps the same as",
    }
)
ACTOR_LABELS: Mapping[str, str] = MappingProxyType(
    {"claimed": "Claimed by", "attributed": "Attributed to", "alleged": "Alleged"}
)
SENSITIVE: Mapping[str, str] = MappingProxyType(
    {
        "person": "<b>Sensitive.</b> It may endanger a person: files leave it out.",
        "place": "<b>Sensitive.</b> It may endanger a place: files leave it out.",
        "terms": "<b>Not to be passed on.</b> Its provider's terms forbid it: files leave it out.",
    }
)
LEFT_OUT = '<p class="quiet when">The filters leave this incident out: it is not on the map now.</p>'
UNKNOWN = "unknown"
NOTHING = "–"
KILOMETRE = 1000
HOW_ESTIMATED = (
    "Sums of the lowest and of the highest numbers that the sources give. Rows that say nothing are silent, "
    "which is not zero. The number of a row with parts stands for theirs; where theirs add up to more, the highest "
    "rises."
)
NO_COUNTRY = "in several or none"
NOT_PUBLIC = (
    "The terms of this table don't allow to show it to everybody: let only those reach this page who may see it."
)
NOT_OPENED = "This file can't be opened as a table of incidents."
NOT_APPLIED = "The decisions can't be applied."
OPENING = (
    "CSV, TSV, Excel, GeoJSON, Parquet or GeoPackage; exports of ACLED, UCDP GED and GTD are known by their columns, "
    "any other table by columns that you confirm. It stays in this session: nothing of it is kept on the server's "
    "disk, nobody else can ask for it, and it is gone when you close the page."
)


def words(value: str) -> str:
    """Return a word of a vocabulary as people write it: ``air_strike`` is "Air strike"."""
    return value.replace("_", " ").replace("-", " ").capitalize() if value else ""


def plain(text: str) -> str:
    """Return text from data as Markdown that shows it to the letter, for labels that Streamlit reads as Markdown.

    Nothing is escaped that can't mean anything: a label is also read out, and then to the letter.
    """
    return re.sub(r"(?<!\w)-|-(?!\w)|[!-&*+./:-@\[-`{-~]", r"\\\g<0>", text).replace("\n", " ")


def counted(name: str, count: int) -> str:
    """Return a name with its count, as the Markdown of a label that can be read out."""
    return f"{plain(name)} · {number(count)}"


def days(start: date | None, end: date | None) -> str:
    """Return a span of days, open ends included."""
    if start and end:
        return describe_interval(start, end, "day" if start == end else "range")
    if start:
        return f"from {describe_interval(start, start, 'day')}"
    return f"until {describe_interval(end, end, 'day')}" if end else "all dates"


def about(documents: int, span: tuple[date, date] | None) -> str:
    """Return what a table rests on, in a few words."""
    years = dict.fromkeys(str(day.year) for day in span or ())
    told = [plural(documents, "document")] if documents else []
    return ", ".join([*told, "–".join(years)] if years else told) or "No date"


def number(value: int) -> str:
    """Return a whole number with thin spaces between its thousands."""
    return f"{value:,}".replace(",", "\u202f")


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(count: int, shown: int) -> str:
    """Return how many rows there are, and how many of them a list holds."""
    return plural(count, "row") if shown >= count else f"The first {number(shown)} of {number(count)} rows"


def distance(metres: float) -> str:
    """Return an uncertainty in words, rounded to what it is worth."""
    return f"± {metres / 1000:.0f} km" if metres >= KILOMETRE else f"± {metres:.0f} m"


def estimate(people: Estimate) -> str:
    """Return low–high of what the sources say, or that they say nothing."""
    if not people.stated:
        return UNKNOWN if people.silent else NOTHING
    return number(people.low) if people.low == people.high else f"{number(people.low)}–{number(people.high)}"


def people(low: int | None, best: int | None, high: int | None) -> str:
    """Return one row's number of people in words; silence is unknown, never 0."""
    told = [n for n in (low, best, high) if n is not None]
    if not told:
        return UNKNOWN
    if low is not None and best is None and high is None:
        return f"at least {number(low)}"
    if high is not None and best is None and low is None:
        return f"at most {number(high)}"
    return number(told[0]) if min(told) == max(told) else f"{number(min(told))}–{number(max(told))}"


def tally(row: Any) -> str:  # noqa: ANN401, a row of `itertuples` has no type of its own
    """Return the number of a reported total as its teller gives it."""
    low, high = (None if pd.isna(n) else int(n) for n in (row.count_low, row.count_high))
    told = number(low) if low is not None and high is None else people(low, None, high)
    return told if row.qualifier == "exactly" else f"{row.qualifier.replace('_', ' ')} {told}"


def known_to(precision: str, uncertainty_m: float | None, kind: str = "") -> str:
    """Return how well a place is known, in words."""
    if precision in {"province", "region", "country"}:
        return f"known only to the {precision}"
    around = f", {distance(uncertainty_m)}" if uncertainty_m else ""
    return f"{'near a place, known to the district' if precision == 'district' else precision}{around}" + (
        f" · {words(kind).lower()}" if kind and kind != precision else ""
    )


def opened_as(table: OpenTable) -> str:
    """Return what a file was found to be, and its terms, as HTML."""
    licence = " ".join(filter(None, (table.format.licence, table.format.credit)))
    return (
        f"<p><b>{escape(table.name)}</b> · {escape(table.format.title)}<br>"
        f'<span class="quiet">{escape(table.written)}. {escape(licence)}</span></p>'
    )


def column(name: str, examples: Sequence[str]) -> str:
    """Return a column's name with some of its cells, as HTML."""
    return f'<b>{escape(name)}</b> <span class="quiet">{escape(" · ".join(examples)) or "empty"}</span>'


def terms(meta: Mapping[str, str]) -> str:
    """Return the terms of a foreign table, blank for one of ours."""
    if meta.get("format", "canonical") == "canonical":
        return ""
    return " ".join(filter(None, (f"{meta['format_title']}.", meta["format_licence"], meta["format_credit"])))


def coverage(letter: str, name: str, meta: Mapping[str, str], counted: Summary) -> str:
    """Return the sum of all rows of a table beside the one that is shown, as HTML."""
    read, rejected = int(meta["rows_read"]), int(meta["rows_rejected"])
    return (
        f'<div class="quiet"><b>{letter}</b> {escape(name)}: {number(read)} rows read = {number(counted.exact)} at a '
        f"site or town + {number(counted.approximate)} approximate + {number(counted.unplaced)} without a place + "
        f"{number(read - rejected - counted.rows)} outside the filters + {number(rejected)} rejected</div>"
    )


def no_rows(name: str) -> str:
    """Say that a table has no rows, as Markdown."""
    return f"{plain(name)} has no rows: add one under its header."


def nothing_found(loosened: Sequence[tuple[str, int]]) -> str:
    """Say which filter to loosen, and how many rows that would bring."""
    hints = [f"without {FIELDS[field]}: {plural(count, 'row')}" for field, count in loosened if count]
    asked = "No incident matches all of these filters."
    return f"{asked} {'; '.join(hints).capitalize()}." if hints else f"{asked} Loosen more than one of them, or reset."


def figures(summary: Summary) -> Sequence[tuple[str, str, str]]:
    """Return the line of figures: number, label, and how it is counted."""
    held = plural(summary.umbrellas, "row")
    umbrella = f", {held} that only hold others together left out" if summary.umbrellas else ""
    undated = f" · {number(summary.undated)} undated" if summary.undated else ""
    share = f"{100 * summary.claimed / summary.incidents:.0f} %" if summary.incidents else NOTHING
    return (
        (
            number(summary.incidents),
            f"{'incident' if summary.incidents == 1 else 'incidents'} at {plural(summary.places, 'place')}{undated}",
            f"Rows that match{umbrella}; an area counts as one place. Undated ones match any dates.",
        ),
        (
            estimate(summary.killed),
            f"killed, as reported · {number(summary.killed.silent)} silent",
            f"Best number {number(summary.killed.best)}. {HOW_ESTIMATED}",
        ),
        (
            estimate(summary.injured),
            f"injured · {number(summary.injured.silent)} silent",
            f"Best number {number(summary.injured.best)}. {HOW_ESTIMATED}",
        ),
        (
            share,
            "claimed, as reported",
            "Incidents that their own actor claims, of all that match: 0 % also where a table never tells of claims.",
        ),
        (
            number(summary.documents),
            "source documents" if summary.documents != 1 else "source document",
            "Documents that at least one matching row cites.",
        ),
    )
