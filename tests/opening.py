"""Opening tables of any form, as a reader would hand them over."""

import io

import pytest

from geodata.errors import InvalidTableError
from geodata.formats.opening import OpenTable, open_table
from geodata.incidents.read import Reading


def opened(content: bytes, name: str = "table") -> OpenTable:
    """Return the table in these bytes."""
    return open_table(io.BytesIO(content), name=name)


def read(content: bytes) -> Reading:
    """Return what is read from these bytes, which are one batch."""
    (reading,) = opened(content).batches()
    return reading


def refusal(content: bytes, name: str = "table.csv") -> str:
    """Return why these bytes are refused."""
    with pytest.raises(InvalidTableError) as caught:
        list(opened(content, name).batches())
    (problem,) = caught.value.problems
    return problem.reason
