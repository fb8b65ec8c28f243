"""Whose table it is, and under which terms."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from geodata.incidents.links import GIVE_EACH_ITS_OWN

FormatKey: TypeAlias = Literal["canonical", "acled", "ucdp", "gtd", "columns"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A sort of table, told by its columns.

    Attributes
    ----------
    licence
        The terms in words, for the reader of the rows.
    redistributable
        Others may be given the rows.
    public
        The rows may be shown to everybody.
    credit
        Whom to credit with which words, or blank.
    repeated
        What a row is that bears an earlier row's id.
    """

    key: FormatKey
    title: str
    licence: str
    redistributable: bool
    public: bool
    credit: str = ""
    repeated: str = GIVE_EACH_ITS_OWN

    def as_meta(self) -> dict[str, str]:
        """Return what a store remembers of the format; the last two are "yes" or "no"."""
        return {
            "format": self.key,
            "format_title": self.title,
            "format_licence": self.licence,
            "format_credit": self.credit,
            "format_redistributable": "yes" if self.redistributable else "no",
            "format_public": "yes" if self.public else "no",
        }


CANONICAL = Format(
    key="canonical",
    title="Table of incidents",
    licence="The table's own terms; name its sources.",
    redistributable=True,
    public=True,
)
COLUMNS = Format(
    key="columns",
    title="Table with mapped columns",
    licence="The terms of whoever made the table: ask before you pass it on.",
    redistributable=True,
    public=True,
)
