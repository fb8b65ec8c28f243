"""Which incidents meet: at one place, on the same days, with an actor or a source in common."""

import ibis

from geodata.incidents.schema import Precision
from geodata.store.engine import Store, Table, Value, this

LONGEST_DAYS = 31
"""Dates known less closely than to a month say too little about when."""
FEW_ROWS = 10
"""A source that more rows cite, such as a whole data set, says nothing about any two of them."""
EXACT = (Precision.SITE, Precision.TOWN)
_WINDOW_DAYS = 4
_CELL = 1 << 16
"""Of a Web Mercator integer at level 28, some 8 km: a point reaches into few of them."""
_METRES = 40_075_016.7 / (1 << 28)
_WHEN_AND_WHO = ("row", "first_day", "last_day", "actor_no", "category_no")
_WHERE = ("place_no", "found_by", "known_to", "mx", "my", "lat", "uncertainty_m")


def find_meetings(store: Store) -> Table:
    """Return the pairs of incidents of one category that meet.

    Returns
    -------
    ibis.Table
        The rows `first` and `second`, of which the first is the lower one, and `shared`, 1 where they have a source in
        common that few rows cite, else 0.
    """
    dated = store.incidents.filter(this.place_no.notnull(), this.last_day - this.first_day <= LONGEST_DAYS)
    acting = dated.filter(this.actor_name != "").select(*_WHEN_AND_WHO, *_WHERE)
    acting = acting.mutate(window=_all_between(acting.first_day // _WINDOW_DAYS, acting.last_day // _WINDOW_DAYS))
    found = _at_one_place(acting).union(_at_near_points(acting)).union(_with_one_source(store, dated))
    return found.group_by("first", "second").aggregate(shared=this.shared.max())


def _at_one_place(acting: Table) -> Table:
    a, b = _twice(acting)
    keys = [a.a_place_no == b.b_place_no, a.a_actor_no == b.b_actor_no, a.a_window == b.b_window]
    return _as_pairs(a.join(b, [*keys, *_on_the_same_days(a, b)]), shared=0)


def _at_near_points(acting: Table) -> Table:
    """Return the pairs at two points of which one is the row's own, nearer than either is known."""
    points = acting.filter(this.mx.notnull(), this.known_to.isin(EXACT))
    points = points.mutate(reach=(this.uncertainty_m / (2 * _METRES) / _stretch(this.lat)).cast("int64"))
    for axis, cell in (("mx", "across"), ("my", "down")):
        lowest, highest = ((points[axis] + sign * points.reach) // _CELL for sign in (-1, 1))
        points = points.mutate(_all_between(lowest, highest).name(cell))
    a, b = _twice(points)
    keys = [a[f"a_{key}"] == b[f"b_{key}"] for key in ("across", "down", "actor_no", "window")]
    metres = _METRES * _stretch(a.a_lat)
    x, y = (a.a_mx - b.b_mx).cast("float64") * metres, (a.a_my - b.b_my).cast("float64") * metres
    known_m = ibis.least(a.a_uncertainty_m, b.b_uncertainty_m).cast("float64")
    near = [
        a.a_place_no != b.b_place_no,
        (a.a_found_by == "point") | (b.b_found_by == "point"),
        x * x + y * y <= known_m * known_m,
    ]
    return _as_pairs(a.join(b, [*keys, *_on_the_same_days(a, b), *near]), shared=0)


def _with_one_source(store: Store, dated: Table) -> Table:
    cited = store.incidents.select("row", source=this.sources.split("; ").unnest()).filter(this.source != "")
    few = cited.group_by("source").aggregate(rows=this.count()).filter(this.rows.between(2, FEW_ROWS))
    a, b = _twice(cited.semi_join(few, "source").inner_join(dated.select(*_WHEN_AND_WHO, "place_no"), "row"))
    met = a.join(b, [a.a_source == b.b_source, a.a_place_no == b.b_place_no, *_on_the_same_days(a, b)])
    return _as_pairs(met, shared=1)


def _twice(table: Table) -> tuple[Table, Table]:
    return table.rename("a_{name}"), table.rename("b_{name}")


def _on_the_same_days(a: Table, b: Table) -> list[Value]:
    return [
        a.a_row < b.b_row,
        a.a_category_no == b.b_category_no,
        a.a_first_day <= b.b_last_day,
        b.b_first_day <= a.a_last_day,
    ]


def _as_pairs(met: Table, *, shared: int) -> Table:
    return met.select(first="a_row", second="b_row", shared=ibis.literal(shared, "int8"))


def _stretch(lat: Value) -> Value:
    """Return how much longer Web Mercator draws a metre at the equator than there."""
    return lat.radians().cos()


def _all_between(lowest: Value, highest: Value) -> Value:
    """Return a row for each whole number from the lowest to the highest."""
    return ibis.range(lowest.cast("int64"), highest.cast("int64") + 1).unnest()
