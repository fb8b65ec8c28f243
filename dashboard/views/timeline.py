"""Incidents over time, and the slider under them that chooses the dates."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from html import escape

import streamlit as st

from dashboard import text
from dashboard.session import zoom_timeline
from dashboard.sources import Source
from dashboard.state import View
from dashboard.views.panel import panel
from geodata.incidents.dates import describe_interval
from geodata.store.facts import find_span
from geodata.store.filters import EPOCH
from geodata.store.timeline import Bin, Timeline, count_by_time

HEIGHT, LANE = 64, 4
MARGIN, DAY = timedelta(days=3), timedelta(days=1)
MOST_LANES = 6
LONG = 4

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}

Block = tuple[int, int, str, int]
"""First bin, last bin, side, rows."""


@panel
def show_timeline(source: Source, view: View) -> None:
    """Show the histogram by side, veiled outside the chosen dates, and the slider."""
    everything = find_span(source.store)
    if everything is None:
        st.caption("No incident has a date: there is nothing to draw over time.")
        return
    span = view.span or everything
    size = bin_size(*span)
    counted = _within(count_by_time(source.store, view.question, size), size, span)
    chosen = (view.question.start or everything[0], view.question.end or everything[1])
    with st.container(key="timeline", gap=None):
        # The drawing stays as it is when the slider moves, and is not sent again.
        st.html(_drawing(counted, size, span))
        st.html(_veils(chosen, span, size))
    if span[0] < span[1]:
        st.slider(
            "Dates, both included",
            min_value=span[0],
            max_value=span[1],
            value=span,  # without it the default would follow the session, and quick steps of the thumb would be lost
            key="dates",
            format="D MMM YYYY",
            label_visibility="collapsed",
        )
    with st.container(horizontal=True, horizontal_alignment="distribute", gap="small", key="timeline-foot"):
        st.html(f'<div class="quiet">{escape(_caption(counted, size))}</div>', width="content")
        if view.span:
            st.button("whole span", key="whole span", type="tertiary", on_click=zoom_timeline, args=(None,))
        elif chosen != everything:
            closer = (max(chosen[0] - MARGIN, everything[0]), min(chosen[1] + MARGIN, everything[1]))
            st.button("zoom to these dates", key="zoom", type="tertiary", on_click=zoom_timeline, args=(closer,))


@lru_cache(maxsize=16)
def _within(counted: Timeline, size: Bin, span: tuple[date, date]) -> Timeline:
    """Return the part of a timeline that touches `span`."""
    bars = [bar for bar in counted.bars if _touches(bin_days(bar[0], size), span)]
    lines = [i for i in counted.intervals if _touches((bin_days(i[0], size)[0], bin_days(i[1], size)[1]), span)]
    return replace(counted, bars=tuple(bars), intervals=tuple(lines))


def _touches(days: tuple[date, date], span: tuple[date, date]) -> bool:
    return days[0] <= span[1] and days[1] >= span[0]


def bin_size(first: date, last: date) -> Bin:
    """Return the bins that draw a span in some sixty bars."""
    length = (last - first).days
    sizes: tuple[tuple[int, Bin], ...] = ((70, "day"), (500, "week"), (2500, "month"), (8000, "quarter"))
    return next((size for most, size in sizes if length <= most), "year")


@lru_cache(maxsize=16)
def _caption(counted: Timeline, size: Bin) -> str:
    told = [f"A bar is a {size}; hatched: known to an interval only."]
    drawn = sum(interval[-1] for _, interval in _lanes(_long(counted)))
    long = sum(interval[-1] for interval in _long(counted))
    if long:
        rest = f", {drawn} of them drawn" if drawn < long else ""
        told.append(f"Lines: {text.plural(long, 'row')} known to a long one{rest}.")
    if counted.undated:
        told.append(f"{text.plural(counted.undated, 'row')} without a date not drawn.")
    return " ".join(told)


@lru_cache(maxsize=16)
def _drawing(counted: Timeline, size: Bin, span: tuple[date, date]) -> str:
    boxes = _stack(counted)
    tallest = max((bottom + block[-1] for bottom, block in boxes), default=1)
    drawn = []
    for bottom, (first, last, side, rows) in boxes:
        days = bin_days(first, size)[0], bin_days(last, size)[1]
        low, height = bottom / tallest * HEIGHT, rows / tallest * HEIGHT
        hatched = " hatched" if first != last else ""
        style = f"bottom:calc(100% - {HEIGHT - low:.1f}px);height:{height:.1f}px"
        drawn.append(_box(days, span, f"bar{hatched} side-{side}", style, _title(days, side, rows)))
    lanes = _lanes(_long(counted))
    for lane, (first, last, side, rows) in lanes:
        days = bin_days(first, size)[0], bin_days(last, size)[1]
        style = f"top:{HEIGHT + 4 + lane * LANE}px;height:2px"
        drawn.append(_box(days, span, f"bar side-{side}", style, _title(days, side, rows)))
    height = HEIGHT + LANE * (1 + max((lane for lane, _ in lanes), default=-1)) + 6
    label = 'role="img" aria-label="Incidents over time, by side"'
    return f'<div class="timeline" {label} style="height:{height}px">{"".join(drawn)}</div>'


def _veils(chosen: tuple[date, date], span: tuple[date, date], size: Bin) -> str:
    """Return the edges of the chosen days, and veils over the bins before and after all that these touch."""
    lit = bin_days(_bin_of(chosen[0], size), size)[0], bin_days(_bin_of(chosen[1], size), size)[1]
    days = {"veil before": (span[0], lit[0] - DAY), "veil after": (lit[1] + DAY, span[1]), "edges": chosen}
    boxes = [_box(when, span, name, "top:0;bottom:0") for name, when in days.items()]
    return f'<div class="timeline veils">{"".join(boxes)}</div>'


def _title(days: tuple[date, date], side: str, rows: int) -> str:
    return f"{describe_interval(*days, 'range')}: {text.SIDES[side]}, {text.plural(rows, 'row')}"


def _short(counted: Timeline) -> list[Block]:
    return [interval for interval in counted.intervals if interval[1] - interval[0] < LONG]


def _long(counted: Timeline) -> list[Block]:
    return [interval for interval in counted.intervals if interval[1] - interval[0] >= LONG]


def _stack(counted: Timeline) -> list[tuple[int, Block]]:
    """Return bars and short intervals with the height that each stands on: no box covers another."""
    heights: dict[int, int] = defaultdict(int)
    stacked = []
    for block in [(bin_, bin_, side, rows) for bin_, side, rows in counted.bars] + _short(counted):
        bins = range(block[0], block[1] + 1)
        bottom = max(heights[bin_] for bin_ in bins)
        heights.update(dict.fromkeys(bins, bottom + block[-1]))
        stacked.append((bottom, block))
    return stacked


def _lanes(intervals: list[Block]) -> list[tuple[int, Block]]:
    """Return long intervals with a lane each, so that none covers another; those beyond `MOST_LANES` are left out."""
    free: list[int] = []
    placed = []
    for interval in intervals:
        lane = next((n for n, until in enumerate(free) if until < interval[0]), len(free))
        if lane < MOST_LANES:
            free[lane : lane + 1] = [interval[1]]
            placed.append((lane, interval))
    return placed


def _box(days: tuple[date, date], span: tuple[date, date], name: str, style: str, title: str = "") -> str:
    """Return a box from the first to the last of `days`, on the scale of the slider's track."""
    total = (span[1] - span[0]).days or 0.5  # a single day fills the width
    edges = (days[0] - span[0]).days - 0.5, (days[1] - span[0]).days + 0.5  # the slider's thumb stands at noon
    left, right = (min(max(edge / total, 0), 1) * 100 for edge in edges)
    told = f' title="{escape(title)}"' if title else ""
    return f'<div class="{escape(name)}" style="left:{left:.2f}%;width:{right - left:.2f}%;{style}"{told}></div>'


def _bin_of(day: date, size: Bin) -> int:
    """Return the bin of `count_by_time` that holds a day."""
    if size in _DAYS:
        return ((day - EPOCH).days + (3 if size == "week" else 0)) // _DAYS[size]
    return (day.year * 12 + day.month - 1) // _MONTHS[size]


def bin_days(number: int, size: Bin) -> tuple[date, date]:
    """Return the first and last day of a bin of `count_by_time`."""
    if size in _DAYS:
        length = _DAYS[size]
        first = EPOCH + timedelta(days=number * length - (3 if size == "week" else 0))
        return first, first + timedelta(days=length - 1)
    months = _MONTHS[size]
    first, after = number * months, (number + 1) * months
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
