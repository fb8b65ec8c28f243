from deciding import accept, decided, leave, leave_actor

from geodata.review.decisions import NOTHING_DECIDED


def test_a_later_decision_replaces_the_earlier_about_the_same_name():
    decisions = decided(leave("Tanf")).deciding(accept("TANF", "tanf"))
    assert list(decisions) == [accept("TANF", "tanf")]


def test_a_decision_can_be_taken_back():
    assert decided(leave("a"), leave("b")).without(leave("a")) == decided(leave("b"))


def test_a_name_in_another_country_is_another_name():
    decisions = decided(leave("Tanf", country="Syria"))
    assert decisions.on_place(" tanf", "SYRIA", "")
    assert not decisions.on_place("tanf", "", "")
    assert not decisions.on_place("tanf", "Syria", "Homs")


def test_a_place_is_no_actor():
    decisions = decided(leave("Kirkuk"))
    assert not decisions.on_actor("Kirkuk")
    assert decided(leave_actor("Kirkuk")).on_actor("kirkuk")


def test_nothing_is_decided_by_default():
    assert not NOTHING_DECIDED
    assert not NOTHING_DECIDED.on_place("", "", "")
