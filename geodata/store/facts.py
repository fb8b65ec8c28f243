"""What is true of all the incidents of a store, whatever is asked; looked up once."""

from datetime import date, timedelta

from geodata.store.engine import Store, this
from geodata.store.filters import EPOCH
from geodata.store.remembered import remembered

PACE = 1000


@remembered
def find_span(store: Store) -> tuple[date, date] | None:
    """Return the first and last day of all incidents, or None when none is dated."""
    span = store.ask_one(store.incidents.aggregate(first=this.first_day.min(), last=this.last_day.max()))
    if span["first"] is None:
        return None
    return EPOCH + timedelta(days=span["first"]), EPOCH + timedelta(days=span["last"])


@remembered
def find_paces(store: Store) -> tuple[int, ...]:
    """Return the first day of every `PACE`-th dated incident, in order, as `first_day` counts them."""
    paces = store.table("numbers").filter(this.row % PACE == 0, this.first_day.notnull()).order_by("row")
    return tuple(store.ask(paces.select("first_day"))["first_day"].to_numpy().tolist())


@remembered
def find_busiest(store: Store, *, days: int) -> tuple[date, date] | None:
    """Return the `days` on end with the most incidents that are known to lie inside them; the earliest of several."""
    known = store.incidents.filter(this.last_day - this.first_day < days, this.category == "kinetic")
    starts = (
        known.group_by(day=this.last_day - (days - 1)).aggregate(n=this.count()).order_by(this.n.desc(), "day").limit(1)
    )
    found = store.ask(starts).to_pylist()
    if not found:
        return None
    first = EPOCH + timedelta(days=found[0]["day"])
    return first, first + timedelta(days=days - 1)


@remembered
def find_years(store: Store) -> tuple[int, ...]:
    """Return the years in which an incident is known to have begun, in order."""
    years = (
        store.incidents.filter(this.first_month.notnull())
        .select(year=this.first_month // 12)
        .distinct()
        .order_by("year")
    )
    return tuple(row["year"] for row in store.ask(years).to_pylist())


@remembered
def list_documents(store: Store) -> tuple[str, ...]:
    """Return the documents that all incidents cite together."""
    cited = store.table("citings").select("document").distinct().order_by("document")
    return tuple(row["document"] for row in store.ask(cited).to_pylist())
