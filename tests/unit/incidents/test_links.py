import time

import pandas as pd

from geodata.incidents.links import check_links


def test_a_chain_of_a_hundred_thousand_parts_is_checked_in_the_time_of_reading_it():
    ids = [f"INC-{number}" for number in range(100_000)]
    blank = [""] * len(ids)
    incidents = pd.DataFrame(
        {
            "line": range(len(ids)),
            "incident_id": ids,
            "part_of": ["", *ids[:-1]],
            "retaliates_for": blank,
            "possible_duplicate_of": blank,
        }
    )
    started = time.perf_counter()
    assert check_links(incidents, set(ids)) == []
    assert time.perf_counter() - started < 5
