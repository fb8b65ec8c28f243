"""What somebody must know who opens an exported list."""

HOW_TO_READ = (
    (
        "A row",
        "One event at one place. A row that holds others together (their part_of names it) is not counted again.",
    ),
    ("Dates", "The first and the last day on which it may have happened, both included; blank is undated."),
    (
        "Places",
        "place is the name as the document spells it. lon and lat (degrees, WGS84) are where the gazetteer has it.",
    ),
    (
        "Precision",
        (
            "known_to says how finely the place is known, uncertainty_m within how many metres. A province, region or "
            "country is an area and not a point, wherever its point is drawn."
        ),
    ),
    ("Not on the map", "location is unplaced where no place could be told for certain; reason says why."),
    (
        "Who did it",
        (
            "attribution: claimed by the actor itself, attributed by somebody, alleged, or unknown. attributed_by says "
            "who says so, denied_by who denies it. A presumed actor is presumed, nothing more."
        ),
    ),
    ("Numbers", "What sources say, at least, at best and at most. Blank is not told; it is never zero."),
    ("Sources", "document:line, several of them joined by a semicolon."),
    ("Flags", "A flagged row is contradicted, implausible or ambiguous; flag_reason says why."),
)
"""Pairs of a subject and what to know about it."""
