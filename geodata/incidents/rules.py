"""The rules of coding that a machine can check, beyond what a single cell or row contradicts."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from geodata.errors import Problem
from geodata.incidents.schema import Attribution
from geodata.tables.cells import split_list

_LOCATOR = re.compile(r"(?P<document>[^:/\s]+):(?P<line>[0-9]{1,9})")


def check_rules(incidents: pd.DataFrame) -> list[Problem]:
    """Return a problem for each statement without its teller, flag without reason, and date without basis.

    A table that leaves a column blank throughout does not use it, and is not held to it.
    """
    return [
        Problem(line=line, column=column, reason=reason)
        for column, failing, reason in _rules(incidents)
        if (incidents[column] != "").any()
        for line in incidents.loc[failing, "line"].tolist()
    ]


def _rules(rows: pd.DataFrame) -> Iterator[tuple[str, pd.Series, str]]:
    for what in ("killed", "injured"):
        told = rows[[f"{what}_low", f"{what}_best", f"{what}_high"]].notna().any(axis="columns")
        yield f"{what}_said_by", told & (rows[f"{what}_said_by"] == ""), "must say who gives the number"
    yield "flag_reason", (rows["flag"] != "") & (rows["flag_reason"] == ""), "must say why the row is flagged"
    yield "flag", (rows["flag"] == "") & (rows["flag_reason"] != ""), "must not be blank when there is a flag_reason"
    dated = rows["date_earliest"].notna()
    yield "date_basis", dated & (rows["date_basis"] == ""), "must say where the date comes from"
    yield "date_basis", ~dated & (rows["date_basis"] != ""), "must be blank when there is no date"
    said = rows["attribution"].isin([Attribution.CLAIMED, Attribution.ATTRIBUTED, Attribution.ALLEGED])
    yield "attributed_by", said & (rows["attributed_by"] == ""), "must say who says so: the row has an attribution"
    yield "sources", rows["sources"] == "", "must say where it is told"


def check_locators(rows: pd.DataFrame, documents: pd.DataFrame) -> list[Problem]:
    """Return a problem for each source `document:line` of an unknown document or beyond its last line.

    A source in other words, such as the name of a newspaper or an address, is not a locator.

    Parameters
    ----------
    rows
        `line` and `sources`: incidents or tallies.
    documents
        As `read_documents` returns them.
    """
    lines = dict(zip(documents["document"].tolist(), documents["lines"].tolist(), strict=True))
    return [
        Problem(line=line, column="sources", value=source, reason=reason)
        for line, sources in zip(rows["line"].tolist(), rows["sources"].tolist(), strict=True)
        for source in split_list(sources)
        if (reason := _fault(source, lines))
    ]


def _fault(source: str, lines: Mapping[str, int]) -> str:
    locator = _LOCATOR.fullmatch(source)
    if locator is None:
        return ""
    if locator["document"] not in lines:
        return f"there is no document {locator['document']}: correct it, or add it to documents.csv"
    last = lines[locator["document"]]
    if not 1 <= int(locator["line"]) <= last:
        return f"{locator['document']} has the lines 1 to {last}: correct the line"
    return ""
