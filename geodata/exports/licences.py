"""Under which terms an exported list may be passed on."""

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.exports.listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The terms of one contributor, and what they oblige to.

    Attributes
    ----------
    within
        Text that the `source` of a place holds when the place is theirs; blank when it is about the incidents.
    """

    name: str
    terms: str
    obligation: str
    within: str = ""


_OWN = Licence(
    name="Incidents, coded from news documents",
    terms="facts in our own words; the documents stay their publishers'",
    obligation="Name the documents, as the column sources does.",
)
_OF_PLACES = (
    Licence(
        name="GeoNames",
        terms="CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        obligation="Credit GeoNames.",
        within="GeoNames",
    ),
    Licence(
        name="UCDP Georeferenced Event Dataset",
        terms="CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        obligation="Cite Sundberg and Melander 2013, Journal of Peace Research 50(4).",
        within="UCDP",
    ),
    Licence(
        name="Wikipedia",
        terms="CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/",
        obligation="Credit Wikipedia's authors; coordinates are taken as facts.",
        within="Wikipedia",
    ),
    Licence(
        name="Natural Earth", terms="public domain", obligation="None; a credit is welcome.", within="Natural Earth"
    ),
    Licence(name="airportsdata, OurAirports", terms="MIT, public domain", obligation="None.", within="airportsdata"),
)


def licences_of(listing: Listing, place_ids: Iterable[str]) -> list[Licence]:
    """Return the licences that a list with these places is under."""
    places = [place for place_id in place_ids if (place := listing.gazetteer.get(place_id))]
    sources = "\n".join(place.source for place in places)
    return [_of_rows(listing), *(licence for licence in _OF_PLACES if licence.within in sources)]


def _of_rows(listing: Listing) -> Licence:
    """Return the terms of the rows: our own, or those of the provider whose table it is."""
    meta = listing.store.meta
    if meta.get("format", "canonical") == "canonical":
        return _OWN
    credit = meta["format_credit"] or "Credit whoever made it."
    return Licence(name=meta["format_title"], terms=meta["format_licence"], obligation=credit)
