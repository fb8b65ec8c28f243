"""The Global Terrorism Database."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from geodata.formats.cells import Cells
from geodata.formats.format import Format
from geodata.formats.gtd_codes import ATTACK_NUMBERS, ATTACKS, WEAPON_NUMBERS, WEAPONS
from geodata.formats.translation import Columns, Flags, interval, join_lists, own_point
from geodata.formats.values import parse_count, to_day
from geodata.formats.written_dates import month_of, read_days
from geodata.incidents.schema import Category, Flag, Precision, Weapon

FORMAT = Format(
    key="gtd",
    title="Global Terrorism Database",
    licence="START's terms of use: for analysis only; its rows may be neither passed on nor shown in public.",
    redistributable=False,
    public=False,
    credit="START (National Consortium for the Study of Terrorism): Global Terrorism Database.",
)
OWN_ID = "eventid"
PRECISIONS: Mapping[str, str] = {
    "1": Precision.TOWN,
    "2": Precision.DISTRICT,
    "3": Precision.DISTRICT,
    "4": Precision.PROVINCE,
    "5": Precision.COUNTRY,
}
_YES_NO = ("0", "1", "-9", "-99")
_COUNTED = {"killed": "nkill", "injured": "nwound"}
_SAID_BY = "GTD, perpetrators included"
_SENTENCES = (
    ("approxdate", "Date as written: "),
    ("related", "Together with: "),
    ("motive", "Motive: "),
    ("addnotes", ""),
    ("propextent_txt", "Damage: "),
)


def translate(cells: Cells) -> Columns:
    """Return the rows in our columns; the numbers of killed and injured include the perpetrators."""
    flags = Flags(len(cells))
    counts = {what: cells.parse(column, parse_count, "Int64") for what, column in _COUNTED.items()}
    blank = pd.Series("", index=range(len(cells)), dtype="str")
    columns: Columns = {
        "incident_id": cells.ids(OWN_ID),
        **_dates(cells, flags),
        **_place(cells),
        "category": Category.KINETIC,
        "event_type": _known(cells, "attacktype1", ATTACKS, ATTACK_NUMBERS),
        "weapon": _weapon(cells),
        **_actors(cells),
        "target": _target(cells),
        **{f"{what}_best": count for what, count in counts.items()},
        **{f"{what}_said_by": blank.where(count.isna(), _SAID_BY) for what, count in counts.items()},
        "summary": _summary(cells),
        "sources": join_lists("GTD", *(_citation(cells, name) for name in ("scite1", "scite2", "scite3", "dbsource"))),
    }
    _flag_codes(cells, flags)
    return {**columns, **flags.columns}


def _dates(cells: Cells, flags: Flags) -> Columns:
    """Return the day, or the month or year of which the day is not known; of what lasted, up to its last day."""
    written = cells.code("iyear") + "-" + cells.code("imonth") + "-" + cells.code("iday")
    days = {text: _days(text) for text in written.unique()}
    first, last = (
        pd.Series(written.map({text: day[end] for text, day in days.items()}), dtype="datetime64[s]") for end in (0, 1)
    )
    cells.remark(first.isna(), "iyear", "year, month and day are no date: the row is undated")
    end = cells.parse("resolution", lambda text: read_days(text, "month first")[1] if text else None, "datetime64[s]")
    later = (cells.code("extended") == "1") & (end > last)
    return interval(cells, first, last.where(~later, end), "iyear", flags)


def _days(text: str) -> tuple[date | None, date | None]:
    """Return the days of "2001-9-11"; a month or day of 0 is unknown."""
    try:
        year, month, day = map(int, text.split("-"))
        if month == 0:
            return to_day(year, 1, 1), to_day(year, 12, 31)
        if day == 0:
            return month_of(year, month)
        only = to_day(year, month, day)
    except ValueError:
        return None, None
    return only, only


def _place(cells: Cells) -> Columns:
    """Return the place by the finest name that the specificity warrants, with the point that the table gives it."""
    specificity = cells.code("specificity")
    city, admin1, country = (_told(cells, name) for name in ("city", "provstate", "country_txt"))
    place = city.where(specificity != "4", admin1).where(specificity != "5", country)
    for coarser in (admin1, country):
        place = place.where(place != "", coarser)
    near = (cells.code("vicinity") == "1") & (specificity == "1")
    return {
        "place": place,
        "place_precision": cells.meaning("specificity", PRECISIONS, unknown=Precision.REGION).where(
            ~near, Precision.DISTRICT
        ),
        "given_country": country,
        "given_admin1": admin1,
        **own_point(cells, "longitude", "latitude"),
    }


def _known(cells: Cells, name: str, words: Mapping[str, str], numbers: Mapping[str, str]) -> pd.Series:
    """Return what a code means by its text, and by its number only where the table has no texts."""
    return cells.meaning(f"{name}_txt", words) if cells.has(f"{name}_txt") else cells.meaning(name, numbers)


def _weapon(cells: Cells) -> pd.Series:
    first = _known(cells, "weaptype1", WEAPONS, WEAPON_NUMBERS)
    second = _known(cells, "weaptype2", WEAPONS, WEAPON_NUMBERS)
    return first.where((second == "") | (first == "") | (second == first), Weapon.MIXED)


def _actors(cells: Cells) -> Columns:
    """Return who did it, and whether the group says so, GTD does, or it is only suspected."""
    group, sub = _told(cells, "gname"), cells.text("gsubname")
    uncertain, claimed = cells.code("guncertain1") == "1", cells.code("claimed") == "1"
    attribution = np.select([group == "", claimed, uncertain], ["unknown", "claimed", "alleged"], "attributed")
    by = pd.Series("GTD", index=group.index, dtype="str").where(group != "", "").where(~claimed | (group == ""), group)
    return {
        "actor": group.where((sub == "") | (group == ""), group + " (" + sub + ")"),
        "attribution": attribution,
        "attributed_by": by,
    }


def _target(cells: Cells) -> pd.Series:
    """Return all targets, each with the body it belongs to and its kind."""
    targets: list[pd.Series] = []
    for number in (1, 2, 3):
        name, body = _told(cells, f"target{number}"), _told(cells, f"corp{number}")
        whole = name.where((body == "") | (body == name), (name + ", " + body).str.removeprefix(", "))
        kind = _told(cells, f"targsubtype{number}_txt")
        kind = kind.where(kind != "", _told(cells, f"targtype{number}_txt"))
        targets.append(whole.where(kind == "", (whole + " (" + kind + ")").str.removeprefix(" ")))
    return join_lists(*targets)


def _summary(cells: Cells) -> pd.Series:
    """Return GTD's own summary, and in words what else has no column of ours."""
    text = cells.text("summary")
    for column, sentence in (
        ("suicide", " A suicide attack."),
        ("multiple", " Part of a coordinated attack."),
        ("ishostkid", " Hostages were taken."),
    ):
        text = text.where(cells.code(column) != "1", text + sentence)
    text = text.where(cells.code("success") != "0", text + " Not successful.")
    for column, what in (("nkillter", "killed"), ("nwoundte", "injured")):
        perpetrators = cells.parse(column, parse_count, "Int64").fillna(0)
        text = text.where(perpetrators == 0, text + " Perpetrators " + what + ": " + perpetrators.astype("str") + ".")
    for column in ("gname2", "gname3"):
        text = text.where(_told(cells, column) == "", text + " Also named: " + cells.text(column) + ".")
    for column, before in _SENTENCES:
        text = text.where(_told(cells, column) == "", text + " " + before + cells.text(column) + ".")
    return text.str.strip()


def _flag_codes(cells: Cells, flags: Flags) -> None:
    flags.check_codes(cells, "specificity", PRECISIONS)
    for name in ("vicinity", "claimed", "guncertain1", "doubtterr", "compclaim", "extended"):
        flags.check_codes(cells, name, _YES_NO)
    for name, words in (("attacktype1_txt", ATTACKS), ("weaptype1_txt", WEAPONS)):
        flags.check_codes(cells, name, words)
    other = _told(cells, "alternative_txt")
    doubt = "GTD doubts that it was terrorism" + (": " + other).where(other != "", "")
    flags.add(cells.code("doubtterr") == "1", Flag.AMBIGUOUS, doubt)
    flags.add(cells.code("compclaim") == "1", Flag.CONTRADICTED, "several groups claim it")


def _citation(cells: Cells, name: str) -> pd.Series:
    """Return one source; a semicolon in it would part it in two."""
    return cells.text(name).str.replace(";", ",", regex=False)


def _told(cells: Cells, name: str) -> pd.Series:
    """Return a text, blank where the table says that it is unknown."""
    text = cells.text(name)
    return text.where(~text.str.casefold().isin(["unknown", ".", "not applicable"]), "")
