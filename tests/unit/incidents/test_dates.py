from datetime import date

import pandas as pd
import pytest

from geodata.incidents.dates import describe_interval


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "words"),
    [
        (date(2024, 2, 2), date(2024, 2, 2), "day", "2 Feb 2024"),
        (date(2024, 2, 2), date(2024, 2, 3), "range", "2–3 Feb 2024"),
        (date(2024, 1, 28), date(2024, 2, 3), "range", "28 Jan – 3 Feb 2024"),
        (date(2023, 12, 28), date(2024, 1, 3), "range", "28 Dec 2023 – 3 Jan 2024"),
        (date(2020, 1, 1), date(2020, 9, 30), "range", "Jan–Sep 2020"),
        (date(2019, 10, 1), date(2020, 3, 31), "range", "Oct 2019 – Mar 2020"),
        (date(2019, 1, 1), date(2020, 12, 31), "range", "2019–2020"),
        (date(2020, 1, 1), date(2020, 12, 31), "range", "2020"),
        (date(2020, 2, 1), date(2020, 2, 29), "range", "Feb 2020"),
        (date(2020, 3, 1), date(2020, 3, 31), "month", "March 2020"),
        (date(2020, 1, 1), date(2020, 12, 31), "year", "2020"),
        (date(2020, 1, 1), date(2020, 1, 30), "range", "1–30 Jan 2020"),
        (None, None, "unknown", "undated"),
    ],
)
def test_an_interval_is_said_in_few_words(earliest, latest, precision, words):
    assert describe_interval(earliest, latest, precision) == words


def test_timestamps_are_days_too():
    assert describe_interval(pd.Timestamp(2024, 2, 2), pd.Timestamp(2024, 2, 2), "day") == "2 Feb 2024"
