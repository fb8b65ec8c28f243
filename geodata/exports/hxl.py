"""The columns in the words of the Humanitarian Exchange Language, https://hxlstandard.org."""

from collections.abc import Mapping
from types import MappingProxyType

_TAGS: Mapping[str, str] = MappingProxyType(
    {
        "incident_id": "#event+id",
        "date_earliest": "#date+start",
        "date_latest": "#date+end",
        "date_precision": "#date+precision",
        "date_basis": "#date+basis",
        "place": "#loc+name+original",
        "place_precision": "#loc+precision+original",
        "category": "#event+category",
        "event_type": "#event+type",
        "weapon": "#event+weapon",
        "actor": "#group+actor+original",
        "presumed_actor": "#group+presumed+original",
        "attribution": "#group+attribution",
        "attributed_by": "#group+attributed_by",
        "denied_by": "#group+denied_by",
        "target": "#group+target",
        "target_side": "#group+target+side",
        "killed_low": "#affected+killed+min+num",
        "killed_best": "#affected+killed+num",
        "killed_high": "#affected+killed+max+num",
        "killed_said_by": "#meta+source+killed",
        "injured_low": "#affected+injured+min+num",
        "injured_best": "#affected+injured+num",
        "injured_high": "#affected+injured+max+num",
        "injured_said_by": "#meta+source+injured",
        "part_of": "#event+id+part_of",
        "retaliates_for": "#event+id+list+retaliates_for",
        "possible_duplicate_of": "#event+id+duplicate+list",
        "summary": "#description",
        "sources": "#meta+source+list",
        "flag": "#status+flag",
        "flag_reason": "#status+flag+reason",
        "sensitive": "#status+sensitive",
        "given_lon": "#geo+given+lon",
        "given_lat": "#geo+given+lat",
        "given_country": "#country+given+name",
        "given_admin1": "#adm1+given+name",
        "place_id": "#loc+id",
        "place_name": "#loc+name",
        "place_kind": "#loc+type",
        "lon": "#geo+lon",
        "lat": "#geo+lat",
        "uncertainty_m": "#geo+uncertainty_m",
        "country": "#country+name",
        "admin1": "#adm1+name",
        "known_to": "#geo+precision",
        "location": "#status+located",
        "reason": "#status+located+reason",
        "candidates": "#loc+candidates+id+list",
        "found_by": "#status+located+by",
        "actor_id": "#group+actor+id",
        "actor_name": "#group+actor+name",
        "side": "#group+actor+side",
        "presumed_actor_id": "#group+id+presumed",
        "presumed_actor_name": "#group+name+presumed",
    }
)


def hxl_tag(column: str) -> str:
    """Return the tag of a column of the schema."""
    return _TAGS[column]
