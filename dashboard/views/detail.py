"""The panel of the selected incident: who says what, how well it is known, and where it is told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import text
from dashboard.session import select, show_dates
from dashboard.sources import Source
from dashboard.state import View
from dashboard.views.panel import fragment
from geodata.incidents.dates import describe_interval
from geodata.incidents.tallies import overlapping
from geodata.store.queries import find_incident, find_related, is_kept

Row = Mapping[str, Any]
AROUND = timedelta(days=7)
HEIGHT = 712  # as tall as map and timeline beside it


@fragment("detail")
def show_detail(source: Source, view: View) -> None:
    """Show the selected incident as a careful sentence would tell it, or how to select one."""
    incident = find_incident(source.store, view.incident) if view.incident else None
    with st.container(border=True, height=HEIGHT, key="detail"):
        if incident is None:
            _show_nothing(source, view)
            return
        st.button("Close", key="close detail", type="tertiary", icon=":material/close:", on_click=select, args=("",))
        kept = is_kept(source.store, view.question, view.incident)
        st.html(("" if kept else text.LEFT_OUT) + _heading(incident) + _facts(incident) + _note(incident))
        _show_sources(source, incident)
        _show_related(source, incident)
        _show_steps(source, incident)


def _show_nothing(source: Source, view: View) -> None:
    if view.incident:
        st.html(f"<h2>Not here</h2><p>No incident has the id {escape(view.incident)}.</p>")
        return
    st.html(
        "<h2>Select an incident</h2><p>Click a marker and then a line of its list, or a row of the table: "
        "who says what, how well the place is known, and the passages it rests on stand here.</p>"
        + _totals(overlapping(source.tallies, view.question.start, view.question.end))
    )


def _totals(tallies: pd.DataFrame) -> str:
    """Return the totals that the documents report, which no map can show."""
    if tallies.empty:
        return ""
    told = "".join(
        f"<li><b>{escape(text.tally(row))}</b> {escape(row.counted)}, {escape(row.scope)}"
        f'<div class="quiet">{escape(row.period_note)} · {escape(row.said_by)}</div></li>'
        for row in tallies.itertuples()
    )
    return (
        '<div class="totals"><h3>Totals that the documents report</h3>'
        f'<p class="quiet">They overlap: none is drawn, none is added up.</p><ul>{told}</ul></div>'
    )


def _heading(row: Row) -> str:
    when = describe_interval(row["date_earliest"], row["date_latest"], row["date_precision"])
    where = ", ".join(part for part in (row["place_name"] or row["place"], row["country"]) if part)
    title = text.words(row["event_type"] or row["category"])
    return (
        f'<div class="quiet when">{escape(when)} · {escape(where)}</div><h2>{escape(title)}'
        f"{escape(' on ' + row['target'] if row['target'] else '')}</h2><p>{escape(row['summary'])}</p>"
    )


def _facts(row: Row) -> str:
    cells = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}{f' <i>{escape(says)}</i>' if says else ''}</dd>"
        for label, value, says in _told(row)
    )
    return f"<dl>{cells}</dl>"


def _told(row: Row) -> Iterator[tuple[str, str, str]]:
    by = f"by {row['attributed_by']}" if row["attributed_by"] else ""
    label = {"claimed": "Claimed by", "attributed": "Attributed to", "alleged": "Alleged"}.get(
        row["attribution"], "Actor"
    )
    says = "" if row["attribution"] == "claimed" else by
    yield label, row["actor_name"] or "nobody named", says if row["actor_name"] else ""
    if row["presumed_actor_name"]:
        yield "Presumed", row["presumed_actor_name"], by if not row["actor_name"] else "not stated as a fact"
    if row["attribution"] != "claimed" and row["category"] == "kinetic":
        yield "Claimed", "by nobody in these documents", ""
    if row["denied_by"]:
        yield "Denied", f"by {row['denied_by']}", ""
    yield "Killed", *_people(row, "killed")
    yield "Injured", *_people(row, "injured")
    if row["weapon"]:
        yield "Weapon", text.words(row["weapon"]).lower(), ""
    yield "Place", *_place(row)
    yield "Date", _date(row), ""


def _people(row: Row, what: str) -> tuple[str, str]:
    told = text.people(row[f"{what}_low"], row[f"{what}_best"], row[f"{what}_high"])
    said_by = row[f"{what}_said_by"]
    return told, f"according to {said_by}" if said_by else ""


def _place(row: Row) -> tuple[str, str]:
    if row["location"] == "unplaced":
        return f"“{row['place']}”, not on the map", row["reason"]
    written = f"written “{row['place']}”" if row["place"] != row["place_name"] else ""
    return text.known_to(row["known_to"], row["uncertainty_m"], row["place_kind"]), written


def _date(row: Row) -> str:
    basis = {
        "stated": "as the document gives it",
        "reckoned": "reckoned from the document's own date",
        "outside": "narrowed by outside knowledge",
    }.get(row["date_basis"], "")
    when = describe_interval(row["date_earliest"], row["date_latest"], row["date_precision"])
    return f"{when}, {basis}" if basis else when


def _note(row: Row) -> str:
    flag = f"<b>{escape(text.words(row['flag']))}.</b> {escape(row['flag_reason'])}" if row["flag"] else ""
    return "".join(f'<p class="flag">{note}</p>' for note in (flag, text.SENSITIVE.get(row["sensitive"], "")) if note)


def _show_sources(source: Source, row: Row) -> None:
    st.html("<h3>Sources</h3>")
    cited: dict[str, list[int]] = {}
    for locator in filter(None, (part.strip() for part in row["sources"].split(";"))):
        document, _, line = locator.rpartition(":")
        cited.setdefault(document, []).append(int(line) if line.isdigit() else 0)
    titles = source.documents.set_index("document")
    for document, lines in cited.items():
        name = _document(titles.loc[document]) if document in titles.index else document
        passages = _passages(source, document, lines)
        st.html(f"<p>{escape(name)}, {'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))}</p>")
        if passages:
            with st.expander(text.plural(len(passages), "passage"), key=f"passages {document}"):
                st.html("".join(f"<p><b>{line}</b> {escape(passage)}</p>" for line, passage in passages))


def _document(row: Row) -> str:
    return ": ".join(part for part in (row["publisher"] or row["author"], row["title"]) if part)


def _passages(source: Source, document: str, lines: Sequence[int]) -> list[tuple[int, str]]:
    if source.passages is None or document not in set(source.documents["document"]):
        return []
    file = source.passages / f"{document}.txt"
    if not file.is_file():
        return []
    written = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [(line, written[line - 1]) for line in lines if 0 < line <= len(written)]


def _show_related(source: Source, row: Row) -> None:
    related = find_related(source.store, row["row"])
    for (relation, towards), heading in text.RELATIONS.items():
        found = [r for r in related if (r["relation"], r["towards"]) == (relation, towards)]
        if not found:
            continue
        st.html(f"<h3>{heading}</h3>")
        for other in found:
            when = describe_interval(other["date_earliest"], other["date_latest"], other["date_precision"])
            label = f"{when} · {text.words(other['event_type'])}, {other['place_name'] or other['place']}"
            st.button(
                text.plain(label),
                key=f"{relation} {towards} {other['incident_id']}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=select,
                args=(other["incident_id"],),
            )


def _show_steps(source: Source, row: Row) -> None:
    st.html(f'<div class="quiet">{escape(row["incident_id"])}, line {row["line"]} of the table</div>')
    if row["date_earliest"]:
        around = (row["date_earliest"] - AROUND, row["date_latest"] + AROUND)
        label = f"Show the {AROUND.days} days before and after"
        st.button(label, key="around", on_click=show_dates, args=(source, around))
