"""Names for files that tell what is in them."""

import re

from dashboard.state import OPENING, View

LONGEST_NAME = 120


def file_stem(view: View) -> str:
    """Return a file's name that tells the filter: its dates, factions and other facets, shortened."""
    question = view.question
    told = ["incidents", question.start and question.start.isoformat(), question.end and question.end.isoformat()]
    told += [*sorted(question.sides), *sorted(question.factions), *sorted(question.countries)]
    told += sorted(question.categories) if question.categories != OPENING.categories else []
    told += [*sorted(question.event_types), *sorted(question.attributions), *sorted(question.known_to), question.text]
    parts = [re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in told if part]
    return "_".join(part for part in parts if part)[:LONGEST_NAME]
