"""Incidents that may be the same by the reader's decision, as their rows tell it."""

from collections.abc import Mapping

import pandas as pd

from geodata.review.decisions import Decisions, Verdict
from geodata.tables.cells import split_list


def ids_of_same(decisions: Decisions) -> set[str]:
    """Return the ids of all incidents that are decided to be the same as another."""
    return {own for decision in decisions if decision.decision == Verdict.SAME for own in decision.incident_ids}


def link_same(decisions: Decisions, told: Mapping[str, str]) -> dict[str, str]:
    """Return the new `possible_duplicate_of` of the incidents that have to name one more, by their ids.

    The first of two names the other, unless one of them does so already, or is not there.

    Parameters
    ----------
    told
        `possible_duplicate_of` of the incidents of `ids_of_same` that are there.
    """
    links = dict(told)
    for decision in decisions:
        if decision.decision != Verdict.SAME:
            continue
        own, other = decision.incident_ids
        if {own, other} <= links.keys() and other not in split_list(links[own]) and own not in split_list(links[other]):
            links[own] = "; ".join([*split_list(links[own]), other])
    return {own: cell for own, cell in links.items() if cell != told[own]}


def with_links(incidents: pd.DataFrame, links: Mapping[str, str]) -> pd.DataFrame:
    """Return incidents with what `link_same` has found."""
    if not links:
        return incidents
    linked = incidents["incident_id"].map(links)
    return incidents.assign(possible_duplicate_of=linked.fillna(incidents["possible_duplicate_of"]).astype("str"))
