"""A report tells what the list holds, in short and in order."""

import io
from collections import Counter
from datetime import date

import pypdf
import pytest
from exporting import listing_of, store_of

from geodata.exports.letters import to_letters
from geodata.exports.overview import count_times, look_over
from geodata.exports.pdf import to_pdf
from geodata.exports.report import to_report
from geodata.exports.report_words import describe_times, to_cells
from geodata.store.filters import EPOCH, IncidentFilter

ROWS = [
    {
        "place": "Tower 22",
        "event_type": "drone_attack",
        "summary": "<b>a</b> {{7*7}} $x$ \x0b",
        "killed_low": "3",
        "actor": "Somebody",
        "attribution": "claimed",
        "attributed_by": "itself",
        "denied_by": "Iran",
        "sources": "doc:3; doc:7; other",
        "date_latest": "2024-02-02",
    },
    {"place": "Mafraq", "date_earliest": "", "date_latest": "", "presumed_actor": "Nobody"},
    {"place": "Atlantis", "date_latest": "2024-03-31"},
    {"place": "Tower 22", "sensitive": "person", "summary": "kept out"},
]


@pytest.fixture(scope="module")
def store():
    return store_of(*ROWS)


def words_of(listing):
    pages = pypdf.PdfReader(io.BytesIO(b"".join(to_pdf(listing)))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_a_pdf_tells_figures_times_and_the_list_on_its_first_page(store):
    first, *_ = words_of(listing_of(store, made="2024-05-31T12:00:00Z"))
    for told in (
        *("All incidents", "made 2024-05-31T12:00:00Z", "held back: 1 marked as endangering a person"),
        *("3 = 1 exact + 1 approximate + 1 unplaced", "When: by day", "1 undated"),
        *("Drone attack", "<b>a</b> {{7*7}} $x$", "at least 3", "doc:3, 7; other", "denied by Iran"),
        *("“Atlantis”, not on", "page 1 of"),
    ):
        assert told in first, told
    assert "kept out" not in first


def test_a_pdf_ends_with_how_to_read_cite_and_credit(store):
    whole = " ".join(words_of(listing_of(store, link="http://here/?q=a")))
    assert "it is never zero" in whole
    assert "(3 rows; source table SHA-256" in whole
    assert "Name the documents, as the column sources does." in whole


def test_a_long_list_is_cut_and_says_so():
    listing = listing_of(store_of(*[{"place": "Tower 22", "summary": f"row {n:03}"} for n in range(203)]))
    report = b"".join(to_report(listing)).decode()
    assert "Incidents: the first 200 of 203" in report
    assert report.count("<tr>") == 201
    overview = look_over(listing)
    assert (len(overview.rows), overview.total, overview.spots[0].count) == (200, 203, 203)


def test_only_the_rows_of_the_dates_are_in_the_times(store):
    listing = listing_of(store, question=IncidentFilter(end=date(2024, 2, 2), undated=False))
    assert [sum(sides.values()) for _, sides in look_over(listing).times.bars] == [1]


def test_a_report_says_who_says_so(store):
    cells = [to_cells(row) for row in look_over(listing_of(store)).rows]
    assert cells[1][3] == "Somebody: claimed by itself; denied by Iran"
    assert cells[2][3] == "nobody named; presumed: Nobody"
    assert cells[2][1] == "somewhere in Mafraq"
    assert [row[4] for row in cells] == ["–", "at least 3", "–"]
    assert cells[0][0] == "2 Feb – 31 Mar 2024"


def days(*spans):
    return Counter(
        (first and (date.fromisoformat(first) - EPOCH).days, last and (date.fromisoformat(last) - EPOCH).days, side)
        for first, last, side in spans
    )


@pytest.mark.parametrize(
    ("last", "step", "labels"),
    [
        ("2024-03-01", "day", ["30 Jan", "31 Jan", "1 Feb"]),
        ("2026-01-15", "month", ["Jan 2024", "Feb 2024", "Mar 2024"]),
        ("2028-02-01", "year", ["2024", "2025", "2026"]),
    ],
)
def test_times_have_a_fitting_step_without_gaps(last, step, labels):
    times = count_times(days(("2024-01-30", "2024-01-30", "iraq"), (last, last, "israel"), (None, None, "iraq")))
    assert times.step == step
    assert [label for label, _ in times.bars][:3] == labels
    assert [dict(sides) for _, sides in times.bars][:2] == [{"iraq": 1}, {}]
    assert dict(times.bars[-1][1]) == {"israel": 1}
    assert (times.beside, times.undated) == (0, 1)


def test_what_is_known_to_several_steps_is_counted_beside():
    times = count_times(days(("2024-01-30", "2024-02-01", "iraq"), ("2020-01-01", "2020-12-31", "iraq")))
    assert [(label, sum(sides.values())) for label, sides in times.bars] == [
        *(("2020", 1), ("2021", 0), ("2022", 0), ("2023", 0), ("2024", 1))
    ]
    times = count_times(days(("2024-01-30", "2024-02-01", "iraq"), ("1970-01-01", "1970-01-01", "iraq")))
    assert times.bars[0][0] == "1970"
    times = count_times(days(("2023-12-30", "2024-01-01", "iraq")))
    assert (list(times.bars), times.beside) == ([], 1)
    assert describe_times(times) == "Not drawn: 1 known to more than a day only."


def test_letters_that_the_font_lacks_are_boxes_and_numbers_among_arabic_stay_in_order():
    assert to_letters("中 x\r\n🙂\x00\U000e0001") == "□ x\n□□"
    assert to_letters("عربي only") == "عربي only"
    assert to_letters("on البرج 22 في").startswith("\u200f")
    assert to_letters("on البرج at 22") == "on البرج at 22"
