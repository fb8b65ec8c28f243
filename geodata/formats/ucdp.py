"""The Georeferenced Event Dataset of the Uppsala Conflict Data Program, annual or candidate, of any version."""

from collections.abc import Mapping

import pandas as pd

from geodata.formats.cells import Cells
from geodata.formats.format import Format
from geodata.formats.translation import Columns, Flags, interval, join_lists, own_point
from geodata.formats.values import parse_count, parse_day
from geodata.incidents.schema import Flag, Precision

FORMAT = Format(
    key="ucdp",
    title="UCDP Georeferenced Event Dataset",
    licence="CC BY 4.0: may be used and passed on with credit. It lists deadly events only, not all attacks.",
    redistributable=True,
    public=True,
    credit=(
        "Uppsala Conflict Data Program, Georeferenced Event Dataset; "
        "Sundberg and Melander 2013, Journal of Peace Research 50(4)."
    ),
)
OWN_ID = "id"

# By the wording of the codebook; 2 is within about 25 km of a known point, 5 a line or fuzzy area, 7 sea or air.
PRECISIONS: Mapping[str, str] = {
    "1": Precision.TOWN,
    "2": Precision.DISTRICT,
    "3": Precision.DISTRICT,
    "4": Precision.PROVINCE,
    "5": Precision.REGION,
    "6": Precision.COUNTRY,
    "7": Precision.REGION,
}
DATES = dict.fromkeys("12345", "")
CLARITIES = dict.fromkeys("12", "")
VIOLENCE: Mapping[str, str] = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}
_DEATHS = (
    ("deaths_a", "side A"),
    ("deaths_b", "side B"),
    ("deaths_civilians", "civilians"),
    ("deaths_unknown", "unknown"),
)


def translate(cells: Cells) -> Columns:
    """Return the rows in our columns.

    The parties stand in the order of the table, which says who attacked in one-sided violence only: elsewhere the
    actor is its side A, of unknown attribution, and the summary names both.
    """
    flags = Flags(len(cells))
    one_sided = cells.code("type_of_violence") == "3"
    deaths = {f"killed_{bound}": cells.parse(bound, parse_count, "Int64") for bound in ("low", "best", "high")}
    flags.add_estimates(deaths["killed_low"], deaths["killed_best"], deaths["killed_high"], "deaths")
    told = deaths["killed_low"].notna() | deaths["killed_best"].notna() | deaths["killed_high"].notna()
    earliest, latest = (cells.parse(name, parse_day, "datetime64[s]") for name in ("date_start", "date_end"))
    dates = interval(cells, earliest, latest, "date_start", flags)
    _flag_codes(cells, flags)
    blank = pd.Series("", index=range(len(cells)), dtype="str")
    return {
        "incident_id": cells.ids(OWN_ID),
        **dates,
        **_place(cells),
        "category": "kinetic",
        "actor": cells.text("side_a"),
        "attribution": blank.where(~one_sided, "attributed").where(one_sided, "unknown"),
        "attributed_by": blank.where(~one_sided, "UCDP GED"),
        "target": blank.where(~one_sided, cells.text("side_b")),
        **deaths,
        "killed_said_by": blank.where(~told, "UCDP GED"),
        "summary": _summary(cells),
        "sources": join_lists("UCDP GED", cells.listed("source_office")),
        **flags.columns,
    }


def _place(cells: Cells) -> Columns:
    """Return the place by the finest name that the precision warrants, with the point that the table gives it."""
    precision = cells.meaning("where_prec", PRECISIONS, unknown=Precision.REGION)
    code, named = cells.code("where_prec"), cells.text("where_coordinates")
    country = cells.text("country").str.replace(r"\s*\(.*\)$", "", regex=True)
    admin1 = cells.text("adm_1")
    by_code = {"3": cells.text("adm_2"), "4": admin1, "6": country}
    place = named
    for prec, name in by_code.items():
        place = place.where((code != prec) | (name == ""), name)
    return {
        "place": place,
        "place_precision": precision,
        "given_country": country,
        "given_admin1": admin1,
        **own_point(cells, "longitude", "latitude"),
    }


def _flag_codes(cells: Cells, flags: Flags) -> None:
    for name, words in (
        ("where_prec", PRECISIONS),
        ("date_prec", DATES),
        ("event_clarity", CLARITIES),
        ("type_of_violence", VIOLENCE),
    ):
        flags.check_codes(cells, name, words)
    summed = cells.code("event_clarity") == "2"
    flags.add(summed, Flag.AMBIGUOUS, "the source sums up several events (event_clarity 2)")
    status = cells.text("code_status")
    checked = (status != "") & (status != "Clear")
    flags.add(checked, Flag.AMBIGUOUS, "UCDP marks the row: " + status)


def _summary(cells: Cells) -> pd.Series:
    """Return what kind of violence it was, between whom, with the deaths of each and the headlines."""
    kind = cells.code("type_of_violence").map(VIOLENCE).fillna("Violence").astype("str")
    one_sided = cells.code("type_of_violence") == "3"
    between = cells.text("side_a") + " against " + cells.text("side_b")
    pair = cells.text("side_a") + " and " + cells.text("side_b") + "; who attacked is not told"
    text = kind + ": " + between.where(one_sided, pair) + "."
    deaths = [cells.code(column) + " " + label for column, label in _DEATHS if cells.has(column)]
    for number, part in enumerate(deaths):
        text = text + (" Deaths: " if number == 0 else ", ") + part
    text = text + ("." if deaths else "")
    at_sea = cells.code("where_prec") == "7"
    text = text.where(~at_sea, text + " In international waters or airspace.")
    for name in ("conflict_name", "where_description", "where_decription", "source_headline"):
        said = cells.text(name)
        text = text.where(said == "", text + " " + said + ".")
    return text
