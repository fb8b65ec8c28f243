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

    def code(self, name: str) -> pd.Series:
        """Return a column of codes or ids, without the ".0" that programs append which take them for measures."""
        trimmed = pc.utf8_trim_whitespace(self._cells(name))
        return pd.Series(pc.replace_substring_regex(trimmed, _FLOATED, r"\1").to_pandas(), dtype="str")

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
        encoded: Any = pc.utf8_trim_whitespace(self._cells(name)).combine_chunks().dictionary_encode()
        values: list[Any] = []
        refused: dict[int, str] = {}
        for code, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(parser(text))
            except ValueError as error:
                values.append(unknown)
                refused[code] = str(error)
        codes = encoded.indices.to_numpy()
        if refused:
            for row in np.flatnonzero(np.isin(codes, list(refused))).tolist():
                self._remark(row, name, refused[codes[row]])
        return values, codes

    def meaning(self, name: str, words: Mapping[str, str], unknown: str = "") -> pd.Series:
        """Return what each code means, `unknown` for a blank or an unknown one."""
        return self.parse(name, lambda text: words.get(text.removesuffix(".0").casefold(), unknown), "str")

    def unknown_codes(self, name: str, codes: Collection[str]) -> pd.Series:
        """Return the codes that are none of these, as written, and blank for the others."""
        written = self.code(name)
        return written.where(~written.str.casefold().isin([*codes, ""]), "")

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
