"""Rows in our columns, out of rows in others."""

from collections.abc import Collection, Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from geodata.errors import Problem
from geodata.formats.cells import Cells
from geodata.formats.values import parse_number
from geodata.incidents.schema import COLUMNS, GIVEN, DatePrecision, Flag
from geodata.tables.cells import blank_cells
from geodata.tables.rows import Block
from geodata.tables.table import RawCells, TableBatch
from geodata.tables.undecodable import MARK, show_undecodable

Columns: TypeAlias = Mapping[str, pd.Series | np.ndarray | str]
_SCHEMA = (*COLUMNS, *GIVEN)


class Flags:
    """Why rows are to be read with care: the first word stays, the reasons are joined."""

    def __init__(self, rows: int) -> None:
        self._flag = pd.Series("", index=range(rows), dtype="str")
        self._reason = self._flag.copy()

    def add(self, rows: pd.Series | np.ndarray, flag: Flag, reason: pd.Series | str) -> None:
        """Flag the rows for which the mask is true."""
        mask = np.asarray(rows, dtype=bool)
        if not mask.any():
            return
        told = reason[mask] if isinstance(reason, pd.Series) else reason
        before = self._reason[mask]
        self._flag[mask] = self._flag[mask].where(self._flag[mask] != "", flag)
        self._reason[mask] = (before + "; " + told).where(before != "", told)

    def check_codes(self, cells: Cells, name: str, codes: Collection[str]) -> None:
        """Flag and remark the rows with a code that is none of these, and keep it as written."""
        if (written := cells.unknown_codes(name, codes)) is None:
            return
        self.add(written != "", Flag.AMBIGUOUS, name + " is '" + written + "', which is no known code")
        cells.remark(written != "", name, "is no code of this column: it is kept as written in flag_reason")

    def add_estimates(self, low: pd.Series, best: pd.Series, high: pd.Series, what: str) -> None:
        """Flag the rows whose estimates are out of order; the numbers stay as they are."""
        wrong = ((low > best) | (best > high) | (low > high)).fillna(value=False)
        self.add(wrong, Flag.IMPLAUSIBLE, f"the table gives {what} out of order: low ≤ best ≤ high does not hold")

    @property
    def columns(self) -> Columns:
        """Return the two columns."""
        return {"flag": self._flag, "flag_reason": self._reason}


def to_batch(cells: Cells, columns: Columns, *, own_id: str, names: tuple[str, ...]) -> TableBatch:
    """Return translated rows as a batch of the table; a column that is not given is blank.

    Parameters
    ----------
    own_id
        The foreign column that holds the ids; blank if there is none.
    names
        The header as written.
    """
    rows: dict[str, pd.Series | np.ndarray | str] = {"line": cells.block.line}
    for column in _SCHEMA:
        rows[column.name] = columns.get(column.name, blank_cells(len(cells), column))
    frame = pd.DataFrame(rows, index=range(len(cells)))
    for column in _SCHEMA:
        if column.kind in {"text", "id", "ids", "sources", "enum"} and frame[column.name].dtype != "str":
            frame[column.name] = frame[column.name].astype("str")
    positions = {"incident_id": cells.names.index(own_id)} if own_id in cells.names else {"incident_id": len(names)}
    raw = RawCells(names=tuple(map(show_undecodable, names)), positions=positions, cells=cells.block.cells)
    return TableBatch(
        rows=_shown(frame, cells.block),
        faults=_find_faults(frame, own_id),
        raw=raw,
        broken=cells.block.broken,
        remarks=(*cells.block.remarks, *cells.remarks),
    )


def interval(cells: Cells, earliest: pd.Series, latest: pd.Series, column: str, flags: Flags) -> Columns:
    """Return the columns of an interval of days in our words; one of two days stands for both, and is remarked.

    Days that are the wrong way round are exchanged, and the row is flagged.
    """
    reverse = (earliest > latest).to_numpy(dtype=bool)
    flags.add(reverse, Flag.CONTRADICTED, "the table ends it before it begins: the two days are exchanged")
    first, last = earliest.where(~reverse, latest), latest.where(~reverse, earliest)
    first, last = first.fillna(last), last.fillna(first)
    cells.remark(earliest.isna() != latest.isna(), column, "one of the two days is unknown: the other stands for both")
    return {
        "date_earliest": first,
        "date_latest": last,
        "date_precision": precision_of(first, last),
        "date_basis": pd.Series(np.where(first.isna(), "", "stated"), dtype="str"),
    }


def precision_of(first: pd.Series, last: pd.Series) -> pd.Series:
    """Return how finely dates are known by their intervals."""
    whole_months = first.dt.is_month_start & last.dt.is_month_end & (first.dt.year == last.dt.year)
    return pd.Series(
        np.select(
            [
                first.isna(),
                first == last,
                whole_months & (first.dt.month == last.dt.month),
                whole_months & first.dt.is_year_start & last.dt.is_year_end,
            ],
            [DatePrecision.UNKNOWN, DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR],
            DatePrecision.RANGE,
        ),
        dtype="str",
    )


def own_point(cells: Cells, lon: str, lat: str) -> Columns:
    """Return the row's own point; half a point is none, and remarked."""
    own = {name: cells.parse(column, parse_number, "float64") for name, column in (("lon", lon), ("lat", lat))}
    half = own["lon"].isna() != own["lat"].isna()
    cells.remark(half, lon, "only one of longitude and latitude is given: the row has no point")
    return {"given_lon": own["lon"].mask(half), "given_lat": own["lat"].mask(half)}


def join_lists(*lists: pd.Series | str) -> pd.Series:
    """Return lists joined by "; " as one list, blank parts left out."""
    series = [part for part in lists if isinstance(part, pd.Series)]
    joined = pd.Series("", index=series[0].index, dtype="str")
    for part in lists:
        more = part if isinstance(part, pd.Series) else pd.Series(part, index=joined.index, dtype="str")
        both = (joined != "") & (more != "")
        joined = (joined + pd.Series(np.where(both, "; ", ""), dtype="str")) + more
    return joined


def _shown(frame: pd.DataFrame, block: Block) -> pd.DataFrame:
    """Return the rows with each byte that is no text as an escape."""
    for name in frame.columns[frame.dtypes == "str"]:
        if block.cells.num_rows and frame[name].str.contains(MARK, regex=False).any():
            frame[name] = frame[name].map(show_undecodable)
    return frame


def _find_faults(frame: pd.DataFrame, own_id: str) -> dict[int, list[Problem]]:
    """Return for which reasons which rows cannot be kept: those of a table of ours."""
    own, nowhere = frame["incident_id"], (frame[["place", "given_country", "given_admin1"]] == "").all(axis="columns")
    found: dict[int, list[Problem]] = {}
    for column, failing, reason in (
        (own_id, own == "", "must not be blank"),
        (own_id, own.str.contains(";", regex=False), "must be one id, without a semicolon"),
        ("place", nowhere & frame["given_lon"].isna(), "must not be blank: no cell of the row says where"),
    ):
        for row in np.flatnonzero(failing).tolist():
            value = "" if column == "place" else str(own[row])
            problem = Problem(line=int(frame["line"][row]), column=column, value=value, reason=reason)
            found.setdefault(row, []).append(problem)
    return found
