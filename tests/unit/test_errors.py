from geodata.errors import AmbiguousPlaceError, InvalidTableError, Problem, UnknownPlaceError


def test_a_problem_names_line_column_value_and_repair():
    problem = Problem(line=14, column="date_earliest", value="31/05/24", reason="must be a date like 2024-05-31")
    assert str(problem) == "line 14, date_earliest='31/05/24': must be a date like 2024-05-31"


def test_a_problem_of_a_whole_line_names_no_column():
    assert str(Problem(line=3, reason="has 2 cells instead of 5")) == "line 3: has 2 cells instead of 5"


def test_a_long_value_is_shortened_to_sixty_characters():
    assert str(Problem(line=1, column="place", value="x" * 1000, reason="r")) == f"line 1, place='{'x' * 59}…': r"


def test_control_characters_of_a_value_are_shown_as_escapes():
    problem = Problem(line=1, column="place", value="a\nb\x1b[31m\u202ec", reason="r")
    assert str(problem) == r"line 1, place='a\nb\x1b[31m\u202ec': r"


def test_letters_of_other_scripts_are_shown_as_they_are():
    assert "قاعدة عين الأسد" in str(Problem(line=1, column="place", value="قاعدة عين الأسد", reason="r"))


def test_an_invalid_table_lists_all_its_problems_under_a_count():
    problems = [Problem(line=1, reason="one"), Problem(line=2, reason="two")]
    assert str(InvalidTableError("t.csv", problems)) == "t.csv: 2 problems\n  line 1: one\n  line 2: two"
    assert str(InvalidTableError("t.csv", problems[:1])) == "t.csv: 1 problem\n  line 1: one"


def test_an_unknown_place_is_told_with_suggestions():
    assert str(UnknownPlaceError("Towr 22", ["tower-22"])) == "no place is called 'Towr 22': perhaps tower-22"
    assert str(UnknownPlaceError("Towr 22", [])) == "no place is called 'Towr 22'"


def test_an_ambiguous_place_is_told_with_all_that_it_may_be():
    assert str(AmbiguousPlaceError("Tanf", ["a", "b"])) == "'Tanf' may be any of a, b"
