"""Tables of the reader's own, read in the background."""

from hashlib import sha256
from io import BytesIO

from builders import csv_of

from dashboard.views.reading import Reading
from geodata.formats.opening import open_table


def test_a_table_is_whole_that_is_read_while_a_stopped_reading_of_it_still_goes_on():
    content = csv_of(*[{"summary": "long " * 400}] * 10_000)
    stopped = Reading(open_table(BytesIO(content), name="long.csv"))
    stopped.stop()
    again = Reading(stopped.table)
    meta = again.ended.result().store.meta
    assert (meta["rows_read"], meta["sha256"]) == ("10000", sha256(content).hexdigest())
