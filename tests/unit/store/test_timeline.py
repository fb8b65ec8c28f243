from datetime import date

from storing import make_store

from geodata.store.filters import IncidentFilter
from geodata.store.timeline import Timeline, count_by_time


def timeline(size: str, *days: tuple[str, str], question: IncidentFilter = IncidentFilter()) -> Timeline:  # noqa: B008
    rows = [{"date_earliest": first, "date_latest": last} for first, last in days]
    return count_by_time(make_store(*rows), question, size)


def test_a_week_begins_on_monday():
    told = timeline("week", ("2024-01-28", "2024-01-28"), ("2024-01-29", "2024-01-29"), ("2024-02-04", "2024-02-04"))
    assert [n for _, _, n in told.bars] == [1, 2]
    assert told.bars[1][0] == told.bars[0][0] + 1


def test_a_row_known_to_one_bin_is_a_bar_and_to_several_an_interval():
    days = ("2024-02-01", "2024-02-29"), ("2024-02-29", "2024-03-01")
    february = 2024 * 12 + 1
    told = timeline("month", *days)
    assert told.bars == ((february, "unknown", 1),)
    assert told.intervals == ((february, february + 1, "unknown", 1),)
    assert len(timeline("year", *days).bars) == 1


def test_days_before_1970_have_bins_too():
    assert timeline("day", ("1969-12-31", "1969-12-31")).bars == ((-1, "unknown", 1),)
    assert timeline("week", ("1969-12-28", "1969-12-28")).bars == ((-1, "unknown", 1),)
    assert timeline("quarter", ("1969-12-31", "1969-12-31")).bars == ((1969 * 4 + 3, "unknown", 1),)


def test_it_shows_all_days_whatever_dates_are_asked_for():
    asked = IncidentFilter(start=date(2030, 1, 1), undated=False)
    told = timeline("day", ("2024-02-02", "2024-02-02"), ("", ""), question=asked)
    assert (len(told.bars), told.undated) == (1, 1)
