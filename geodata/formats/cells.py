"""The cells of a table in columns that are not ours."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Problem
from geodata.formats.detect import fold_name
from geodata.tables.cells import split_list
from geodata.tables.rows import Block
from geodata.tables.undecodable import show_undecodable

DType: TypeAlias = Literal["str", "Int64", "float64", "datetime64[s]"]
Value: TypeAlias = str | int | float | date | None
Parser: TypeAlias = Callable[[str], Value]

_FLOATED = r"^(-?\d+)\.0*$"


class Cells:
    """A block of rows, asked for by the names of its columns; a column that is not there is blank.

    Attributes
    ----------
    remarks
        What was found in cells that could not be understood; the rows are kept, and unknown there.
    """

    def __init__(self, names: Sequence[str], block: Block) -> None:
        self.block = block
        self.names = [fold_name(show_undecodable(name)) for name in names]
        self.remarks: list[Problem] = []
        self._encoded: dict[str, tuple[list[str], np.ndarray]] = {}
        self._positions = {name: position for position, name in reversed([*enumerate(self.names)])}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.block.line)

    def has(self, name: str) -> bool:
        """Return whether the table has the column."""
        return fold_name(name) in self._positions

    def text(self, name: str) -> pd.Series:
        """Return a column of text, trimmed."""
        return pd.Series(pc.utf8_trim_whitespace(self._cells(name)).to_pandas(), dtype="str")

    def ids(self, name: str) -> pd.Series:
        """Return a column of ids, without the ".0" that programs append which take them for measures."""
        trimmed = pc.utf8_trim_whitespace(self._cells(name))
        return pd.Series(pc.replace_substring_regex(trimmed, _FLOATED, r"\1").to_pandas(), dtype="str")

    def code(self, name: str) -> pd.Series:
        """Return a column of codes, of which there are few, without such a ".0"."""
        return self.parse(name, _to_code, "str")

    def listed(self, name: str) -> pd.Series:
        """Return a column of lists, the values joined by "; ", each once."""
        return self.parse(name, lambda text: "; ".join(dict.fromkeys(split_list(text))), "str")

    def is_any(self, name: str, codes: Collection[str]) -> np.ndarray:
        """Return which rows have one of these codes, in any case."""
        values, rows = self._distinct(name, lambda text: _to_code(text).casefold() in codes, unknown=False)
        return np.array(values, dtype=bool)[rows]

    def parse(self, name: str, parser: Parser, dtype: DType) -> pd.Series:
        """Return a column of values, each distinct text parsed once; what the parser refuses is unknown, and remarked.

        Parameters
        ----------
        parser
            Turns trimmed text into a value, or raises ValueError with the reason.
        """
        values, codes = self._distinct(name, parser, "" if dtype == "str" else None)
        return pd.Series(values, dtype=dtype).take(codes).reset_index(drop=True)

    def parse_several(
        self, name: str, parser: Callable[[str], Sequence[Any] | None], unknown: Sequence[Any], dtype: DType
    ) -> list[pd.Series]:
        """Return several columns of values out of one, as `parse` does.

        Parameters
        ----------
        parser
            Returns a value for each of the columns, or None for a blank cell.
        unknown
            The values of a cell that is blank or refused.
        """
        values, codes = self._distinct(name, parser, None)
        rows = [unknown if value is None else value for value in values]
        return [
            pd.Series([row[number] for row in rows], dtype=dtype).take(codes).reset_index(drop=True)
            for number in range(len(unknown))
        ]

    def _distinct(self, name: str, parser: Callable[[str], Any], unknown: Any) -> tuple[list[Any], np.ndarray]:  # noqa: ANN401
        """Return the value of each distinct text, and which of them each row has."""
        values: list[Any] = []
        refused: dict[int, str] = {}
        texts, codes = self._encode(name)
        for code, text in enumerate(texts):
            try:
                values.append(parser(text))
            except ValueError as error:
                values.append(unknown)
                refused[code] = str(error)
        if refused:
            for row in np.flatnonzero(np.isin(codes, list(refused))).tolist():
                self._remark(row, name, refused[codes[row]])
        return values, codes

    def _encode(self, name: str) -> tuple[list[str], np.ndarray]:
        """Return the distinct texts of a column, trimmed, and which of them each row has."""
        if name not in self._encoded:
            encoded: Any = pc.utf8_trim_whitespace(self._cells(name)).combine_chunks().dictionary_encode()
            self._encoded[name] = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
        return self._encoded[name]

    def meaning(self, name: str, words: Mapping[str, str], unknown: str = "") -> pd.Series:
        """Return what each code means, `unknown` for a blank or an unknown one."""
        return self.parse(name, lambda text: words.get(_to_code(text).casefold(), unknown), "str")

    def unknown_codes(self, name: str, codes: Collection[str]) -> pd.Series | None:
        """Return the codes that are none of these, as written, and blank for the others; None where there are none."""
        known = {*codes, ""}
        if all(_to_code(text).casefold() in known for text in self._encode(name)[0]):
            return None
        return self.parse(name, lambda text: "" if _to_code(text).casefold() in known else text, "str")

    def remark(self, rows: np.ndarray | pd.Series, column: str, reason: str) -> None:
        """Tell something of the rows for which the mask is true."""
        for row in np.flatnonzero(rows).tolist():
            self._remark(row, column, reason)

    def _cells(self, name: str) -> Any:  # noqa: ANN401, of Arrow's stubs
        position = self._positions.get(fold_name(name)) if name else None
        if position is None:
            return pa.chunked_array([pa.array([""] * len(self), pa.string())])
        return self.block.cells.column(position)

    def _remark(self, row: int, column: str, reason: str) -> None:
        written = self._cells(column)[row].as_py() if self.has(column) else ""
        line = int(self.block.line[row])
        self.remarks.append(Problem(line=line, column=column, value=show_undecodable(written), reason=reason))


def _to_code(text: str) -> str:
    whole, point, rest = text.partition(".")
    return whole if point and not rest.strip("0") and whole.lstrip("-").isdigit() else text
