"""Exports of ACLED, the Armed Conflict Location and Event Data Project, of any generation."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geodata.formats.acled_codes import DISORDERS, EVENTS, INTERS, SUB_EVENTS, Event
from geodata.formats.cells import Cells
from geodata.formats.format import Format
from geodata.formats.translation import Columns, Flags, interval, join_lists, own_point
from geodata.formats.values import parse_count
from geodata.formats.written_dates import read_days
from geodata.incidents.schema import Category, Precision

FORMAT = Format(
    key="acled",
    title="ACLED export",
    licence="ACLED's terms of use: may be analysed and shown with credit, but its rows may not be passed on.",
    redistributable=False,
    public=True,
    credit="Armed Conflict Location & Event Data Project (ACLED), acleddata.com.",
    repeated="it is the same event, told for another actor or in another version (see timestamp); the first one counts",
)
OWN_ID = "event_id_cnty"
PRECISIONS: Mapping[str, str] = {"1": Precision.TOWN, "2": Precision.DISTRICT, "3": Precision.PROVINCE}
DATES = dict.fromkeys("123", "")
_VICTIMS = ("7", "civilians")
_PROTESTERS = ("6", "protesters")
_DIRECTED = ("violence against civilians", "explosions/remote violence", "remote violence")
_HALF_A_WEEK = np.timedelta64(3, "D")
_DAY, _MONTH = np.timedelta64(1, "D"), np.timedelta64(1, "M")


def translate(cells: Cells) -> Columns:
    """Return the rows in our columns.

    The order of the actors says nothing. Where one of them is civilians (or protesters under excessive force), or
    there is but one, the other is the actor; elsewhere the first stands as the actor, of unknown attribution.
    """
    flags = Flags(len(cells))
    killed = cells.parse("fatalities", parse_count, "Int64")
    blank = pd.Series("", index=range(len(cells)), dtype="str")
    actors = _actors(cells)
    dates = _dates(cells, flags)
    events = _events(cells)
    _flag_codes(cells, flags)
    return {
        "incident_id": cells.ids(OWN_ID if cells.has(OWN_ID) else "data_id"),
        **dates,
        "place": cells.text("location"),
        "place_precision": cells.meaning("geo_precision", PRECISIONS, unknown=Precision.REGION),
        "given_country": cells.text("country"),
        "given_admin1": cells.text("admin1"),
        **own_point(cells, "longitude", "latitude"),
        **events,
        **actors,
        "killed_best": killed,
        "killed_said_by": blank.where(killed.isna(), "ACLED"),
        "summary": _summary(cells, actors["attribution"] == "unknown"),
        "sources": join_lists("ACLED", cells.listed("source")),
        **flags.columns,
    }


def _dates(cells: Cells, flags: Flags) -> Columns:
    """Return the day; for the middle of a week the days around it, for a month known as such all of it."""
    precision = cells.code("time_precision")
    day = cells.parse("event_date", lambda text: read_days(text, "day first")[0] if text else None, "datetime64[s]")
    days = day.to_numpy()
    week, month = (precision == "2").to_numpy(), (precision == "3").to_numpy()
    first_of_month = days.astype("datetime64[M]")
    last_of_month = (first_of_month + _MONTH).astype("datetime64[D]") - _DAY
    earliest = np.select([week, month], [days - _HALF_A_WEEK, first_of_month.astype(days.dtype)], days)
    latest = np.select([week, month], [days + _HALF_A_WEEK, last_of_month.astype(days.dtype)], days)
    first, last = (pd.Series(value, dtype="datetime64[s]") for value in (earliest, latest))
    return interval(cells, first, last, "event_date", flags)


def _events(cells: Cells) -> Columns:
    """Return category, type and weapon by the sub-event, else by the event, else by the sort of disorder."""
    found: dict[str, pd.Series] = {}
    known = cells.is_any("sub_event_type", SUB_EVENTS)
    for position, name in enumerate(Event._fields):
        sub, event, disorder = (
            cells.meaning(column, {code: events[position] for code, events in words.items()})
            for column, words in (("sub_event_type", SUB_EVENTS), ("event_type", EVENTS), ("disorder_type", DISORDERS))
        )
        found[name] = sub.where(known, event.where(event != "", disorder))
    found["category"] = found["category"].where(found["category"] != "", Category.KINETIC)
    return found


def _actors(cells: Cells) -> dict[str, pd.Series]:
    first, second = cells.text("actor1"), cells.text("actor2")
    excessive = cells.is_any("sub_event_type", ("excessive force against protesters",))
    directed = cells.is_any("event_type", _DIRECTED)
    suffers = [
        (directed & cells.is_any(inter, _VICTIMS)) | (excessive & cells.is_any(inter, (*_PROTESTERS, *_VICTIMS)))
        for inter in ("inter1", "inter2")
    ]
    by_second = suffers[0] & ~suffers[1] & (second != "")
    by_first = suffers[1] & ~suffers[0] & (first != "")
    known = by_first | by_second | ((first != "") & (second == ""))
    blank = pd.Series("", index=first.index, dtype="str")
    return {
        "actor": first.where(~by_second, second),
        "attribution": blank.where(~known, "attributed").where(known, "unknown"),
        "attributed_by": blank.where(~known, "ACLED"),
        "target": blank.where(~by_first, second).where(~by_second, first),
    }


def _flag_codes(cells: Cells, flags: Flags) -> None:
    for name, words in (
        ("event_type", EVENTS),
        ("sub_event_type", SUB_EVENTS),
        ("disorder_type", DISORDERS),
        ("inter1", INTERS),
        ("inter2", INTERS),
        ("time_precision", DATES),
        ("geo_precision", PRECISIONS),
    ):
        flags.check_codes(cells, name, words)


def _summary(cells: Cells, undirected: pd.Series) -> pd.Series:
    """Return the kind of event, the parties with those at their side, and ACLED's note."""
    sub, event = cells.text("sub_event_type"), cells.text("event_type")
    text = event.where(sub == "", event + ": " + sub) + "."
    parties = [_party(cells, number) for number in (1, 2)]
    both = (parties[1] != "").to_numpy()
    text = text.where(parties[0] == "", text + " " + parties[0].where(~both, parties[0] + " and " + parties[1]))
    untold = both & undirected.to_numpy()
    text = text.where(parties[0] == "", text.where(~untold, text + "; the order does not say who attacked") + ".")
    for column, before in (("notes", " "), ("tags", " Tags: ")):
        said = cells.text(column)
        text = text.where(said == "", text + before + said)
    return text


def _party(cells: Cells, number: int) -> pd.Series:
    name, beside = cells.text(f"actor{number}"), cells.text(f"assoc_actor_{number}")
    return name.where(beside == "", name + " (with " + beside + ")")
