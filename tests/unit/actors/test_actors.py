from pathlib import Path

import pytest
from builders import make_actor, make_actors, read_rows_of
from deciding import accept_actor, decided, leave_actor

from geodata.actors.actors import ACTOR_COLUMNS, ALIAS_COLUMNS, ActorMatch, Actors, join_actors, read_actors
from geodata.errors import InvalidTableError
from geodata.incidents.schema import Side

ACTORS = ",".join(column.name for column in ACTOR_COLUMNS)
ALIASES = ",".join(column.name for column in ALIAS_COLUMNS)
RESISTANCE = make_actor(
    "iri", "Islamic Resistance in Iraq", aliases=("the resistance", "المقاومة"), side=Side.IRAN_AND_ALLIES
)
KATAIB = make_actor("kh", "Kata'ib Hezbollah", aliases=("Hezbollah",), parent="iri", side=Side.IRAN_AND_ALLIES)
LEBANESE = make_actor("hezbollah", "Lebanese Hezbollah", aliases=("Hezbollah",), side=Side.IRAN_AND_ALLIES)
BRIGADE = make_actor("brigade", "45th Brigade", parent="kh")
EVERYBODY = make_actors(RESISTANCE, KATAIB, LEBANESE, BRIGADE)


def found(name: str, actors: Actors = EVERYBODY) -> tuple[str, str]:
    match = actors.match(name)
    if isinstance(match, ActorMatch):
        return match.how, match.actor.actor_id
    return match.reason, "; ".join(candidate.actor_id for candidate in match.candidates)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("islamic resistance in Iraq", ("name", "iri")),
        ("المقاومة", ("alias", "iri")),
        ("Kataib Hezbollah", ("spelling", "kh")),
        ("Hezbollah", ("ambiguous", "hezbollah; kh")),
        ("Islamic Resistence in Iraq", ("unknown", "iri")),
        (" ", ("blank", "")),
    ],
)
def test_an_actor_is_found_or_refused_as_a_place_is(name, expected):
    assert found(name) == expected


def test_the_members_of_an_umbrella_are_itself_and_all_below_it():
    assert EVERYBODY.members("iri") == {"iri", "kh", "brigade"}
    assert EVERYBODY.members("brigade") == {"brigade"}


def test_members_are_found_also_where_parents_go_round_in_a_circle():
    actors = make_actors(make_actor("a", parent="b"), make_actor("b", parent="a"))
    assert actors.members("a") == {"a", "b"}


def test_incidents_bear_the_actor_his_name_and_his_side():
    incidents = read_rows_of({"actor": "the resistance", "presumed_actor": "45th brigade"}).incidents
    joined, problems = join_actors(incidents, EVERYBODY)
    row = joined.iloc[0]
    assert (row["actor"], row["actor_id"], row["actor_name"]) == (
        "the resistance",
        "iri",
        "Islamic Resistance in Iraq",
    )
    assert (row["side"], row["presumed_actor_id"], row["presumed_actor_name"]) == (
        "iran-and-allies",
        "brigade",
        "45th Brigade",
    )
    assert problems == ()


def test_an_actor_who_is_not_told_is_of_no_known_side_also_when_one_is_presumed():
    joined, problems = join_actors(read_rows_of({"presumed_actor": "the resistance"}).incidents, EVERYBODY)
    row = joined.iloc[0]
    assert (row["actor_id"], row["actor_name"], row["side"]) == ("", "", "unknown")
    assert problems == ()


def test_an_actor_who_is_not_known_keeps_his_name_and_is_a_problem():
    incidents = read_rows_of({}, {"actor": "Kataib Hezbola"}, {"presumed_actor": "Hezbollah"}).incidents
    joined, problems = join_actors(incidents, EVERYBODY)
    assert joined["actor_name"].tolist() == ["", "Kataib Hezbola", ""]
    assert joined["actor_id"].tolist() == ["", "", ""]
    assert joined["side"].tolist() == ["unknown"] * 3
    assert joined["presumed_actor_name"].tolist() == ["", "", "Hezbollah"]
    assert [(problem.line, problem.column, problem.reason) for problem in problems] == [
        (3, "actor", "is no known actor: correct the name, or add the actor (perhaps kh, hezbollah)"),
        (4, "presumed_actor", "may be any of hezbollah, kh: write which"),
    ]


def test_joining_leaves_the_rows_as_they_were():
    incidents = read_rows_of({"actor": "the resistance"}).incidents
    columns = list(incidents)
    join_actors(incidents, EVERYBODY)
    assert list(incidents) == columns


def test_a_table_without_rows_can_be_joined():
    joined, problems = join_actors(read_rows_of().incidents, EVERYBODY)
    full, _ = join_actors(read_rows_of({}).incidents, EVERYBODY)
    assert joined.dtypes.equals(full.dtypes)
    assert set(full.dtypes[["actor_id", "actor_name", "side", "presumed_actor_id"]].astype("str")) == {"str"}
    assert problems == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two actors and an alias."""
    lines = [
        ACTORS,
        "iri,Islamic Resistance in Iraq,umbrella,,iran-and-allies,Iraq,s,",
        "kh,KH,armed_group,iri,other,,s,",
    ]
    (tmp_path / "actors.csv").write_text("\n".join(lines))
    (tmp_path / "aliases.csv").write_text(f"{ALIASES}\nkh,كتائب حزب الله,ar,s\n", encoding="utf-8")
    return tmp_path


def refuse(folder: Path) -> list[str]:
    with pytest.raises(InvalidTableError) as caught:
        read_actors(folder)
    return str(caught.value).splitlines()[1:]


def test_actors_are_read_with_parents_sides_and_aliases(folder):
    actors = read_actors(folder)
    assert actors.by_id["kh"].side is Side.OTHER
    assert actors.members("iri") == {"iri", "kh"}
    assert found("كتائب حزب الله", actors) == ("alias", "kh")


def test_faults_of_actors_are_told_at_once(folder):
    with (folder / "actors.csv").open("a") as file:
        file.write("\nkh,KH,armed_group,nobody,other,,s,\n")
    assert refuse(folder) == [
        "  line 4, actor_id='kh': another actor has this id: give each its own",
        "  line 4, parent='nobody': no actor has this id: correct it, or add the actor",
    ]


def test_an_alias_of_no_actor_is_refused(folder):
    (folder / "aliases.csv").write_text(f"{ALIASES}\nnobody,x,en,s\n")
    assert refuse(folder) == ["  line 2, actor_id='nobody': no actor has this id: correct it, or add the actor"]


def test_an_actor_of_a_side_of_its_own_is_refused(folder):
    (folder / "actors.csv").write_text(f"{ACTORS}\na,A,umbrella,,mars,,s,\n")
    assert [line.partition(":")[0] for line in refuse(folder)] == ["  line 2, side='mars'"]


def test_a_name_means_the_actor_that_the_reader_has_accepted():
    actors = make_actors(make_actor("axis", "Axis", side=Side.IRAN_AND_ALLIES))
    incidents = read_rows_of({"actor": "the boys", "presumed_actor": "The Boys"}).incidents
    joined, problems = join_actors(incidents, actors, decided(accept_actor("the boys", "axis")))
    row = joined.iloc[0]
    assert (row["actor_id"], row["actor_name"], row["side"]) == ("axis", "Axis", "iran-and-allies")
    assert row["presumed_actor_id"] == "axis"
    assert not problems


def test_an_actor_that_is_left_is_unknown_and_no_problem():
    actors = make_actors(make_actor("axis", "Axis", side=Side.IRAN_AND_ALLIES))
    joined, problems = join_actors(read_rows_of({"actor": "Axis"}).incidents, actors, decided(leave_actor("axis")))
    assert (joined.iloc[0]["actor_id"], joined.iloc[0]["actor_name"], joined.iloc[0]["side"]) == ("", "Axis", "unknown")
    assert not problems


def test_an_unknown_actor_id_decides_nothing():
    incidents = read_rows_of({"actor": "the boys"}).incidents
    _, problems = join_actors(incidents, make_actors(), decided(accept_actor("the boys", "nobody")))
    assert len(problems) == 1
