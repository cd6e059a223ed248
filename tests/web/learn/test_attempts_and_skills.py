"""Tries kept for good, two side by side, and what they say about skills."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.courses.models import Skill
from countersign.exercises.models import ExerciseVersion
from countersign.insights.services.snapshots import worked_out
from countersign.learning.models import Evidence
from countersign.learning.services import recompute
from countersign.learning.services.sharing import left_out
from countersign.web.learn.compare import side_by_side
from tests.cast import RIGHT, WRONG, Cast, a_version
from tests.web.learn.conftest import EXERCISE
from tests.work import graded, hand_in


@pytest.fixture
def skill(db: None) -> Skill:
    return Skill.objects.create(
        pk="read.trace", competency="Interpret outputs", title="Predict what code does",
        evidence="Says what a program prints.", position=1,
    )  # fmt: skip


def text_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def passed(people: Cast, *versions: ExerciseVersion) -> None:
    for version in versions:
        graded(people.ada_place, version, 100.0)
    recompute(people.ada_place)


def test_before_the_first_try_the_list_says_what_will_be_kept(ada: Client) -> None:
    assert "You haven’t submitted anything here yet" in text_of(ada, f"{EXERCISE}attempts/")


def test_every_try_has_a_page_of_its_own(ada: Client, people: Cast) -> None:
    graded(people.ada_place, people.version, 40.0, WRONG)
    graded(people.ada_place, people.version, 100.0, RIGHT)
    first = text_of(ada, f"{EXERCISE}attempts/1/")
    assert "1 of 2 checks" in first
    assert "age" in first
    assert ada.get(f"{EXERCISE}attempts/3/").status_code == 404


def test_a_try_that_still_waits_says_so_on_its_page(ada: Client, people: Cast) -> None:
    hand_in(people.ada_place, people.version)
    assert "Your run is next" in text_of(ada, f"{EXERCISE}attempts/1/")


def test_two_tries_stand_side_by_side_with_changes_marked(ada: Client, people: Cast) -> None:
    graded(people.ada_place, people.version, 40.0, WRONG)
    graded(people.ada_place, people.version, 100.0, RIGHT)
    text = text_of(ada, f"{EXERCISE}attempts/?compare=1&with=2")
    assert "<del>    return 5 if age &lt; 12 else 9</del>" in text
    assert "<ins>    return 5 if age &lt;= 12 else 9</ins>" in text


@pytest.mark.parametrize("query", ["compare=1&with=99", "compare=x&with=2", "compare=²&with=1"])
def test_a_comparison_that_cannot_be_made_is_left_out(
    ada: Client, people: Cast, query: str
) -> None:
    graded(people.ada_place, people.version, 40.0, WRONG)
    assert 'id="compared"' not in text_of(ada, f"{EXERCISE}attempts/?{query}")


def test_lines_that_are_alike_stand_beside_each_other() -> None:
    rows = list(side_by_side("a\nb\nc\n", "a\nx\ny\nc\n"))
    assert [(row.left, row.right) for row in rows] == [
        ("a", "a"), ("b", "x"), ("", "y"), ("c", "c"),
    ]  # fmt: skip
    assert [row.changed for row in rows] == [False, True, True, False]


def test_skills_appear_with_the_first_result(ada: Client, skill: Skill) -> None:
    assert "Your skills appear after three exercises" in text_of(ada, "/me/skills/")


def test_under_three_tasks_no_number_is_shown(ada: Client, people: Cast, skill: Skill) -> None:
    passed(people, people.version, a_version())
    text = text_of(ada, "/me/skills/")
    assert "2 of 3 tasks until this shows" in text
    assert ">100<" not in text


def test_from_three_tasks_on_the_number_comes_with_its_sample(
    ada: Client, people: Cast, skill: Skill
) -> None:
    passed(people, people.version, a_version(), a_version())
    text = text_of(ada, "/me/skills/read.trace/")
    assert ">100<" in text
    assert "from 3 graded tasks" in text
    assert f"{EXERCISE}attempts/1/" in text


def test_help_and_no_help_are_two_bars(ada: Client, people: Cast, skill: Skill) -> None:
    passed(people, people.version, a_version(aided=False))
    text = text_of(ada, "/me/skills/read.trace/")
    assert text.count("1 of 3 tasks until this shows") == 2
    assert "none allowed" in text


def test_nobody_sees_the_evidence_of_others(people: Cast, skill: Skill) -> None:
    passed(people, people.version)
    zoe = Client()
    zoe.force_login(people.zoe)
    assert "No graded task for this skill yet" in text_of(zoe, "/me/skills/read.trace/")


def test_a_skill_that_does_not_exist_is_a_404(ada: Client) -> None:
    assert ada.get("/me/skills/no.such/").status_code == 404


def test_a_number_comes_with_the_interval_it_lies_in(
    ada: Client, people: Cast, skill: Skill
) -> None:
    passed(people, people.version, a_version(), a_version())
    text = text_of(ada, "/me/skills/read.trace/")
    assert "Likely between 37 and 98." in text
    assert "Why this level" in text


def test_a_task_left_out_is_hidden_from_employers_and_not_from_its_learner(
    ada: Client, people: Cast, skill: Skill
) -> None:
    passed(people, people.version, a_version(), a_version())
    row = Evidence.objects.visible_to(people.ada).earliest("at")
    ada.post(f"/me/skills/read.trace/{row.submission_id}/", {"out": "1"})
    assert left_out(people.ada_place) == {row.version.exercise_id}
    assert worked_out(people.ada_place).with_help is None, "two tasks are left to be seen"
    assert "left out" in text_of(ada, "/me/skills/read.trace/")
    assert "from 3 graded tasks" in text_of(ada, "/me/skills/read.trace/")


def test_a_task_left_out_can_be_taken_in_again(ada: Client, people: Cast, skill: Skill) -> None:
    passed(people, people.version)
    row = Evidence.objects.visible_to(people.ada).get()
    for out in ("1", "1", "0"):
        ada.post(f"/me/skills/read.trace/{row.submission_id}/", {"out": out})
    assert left_out(people.ada_place) == frozenset()


def test_nobody_leaves_out_a_task_of_others(people: Cast, skill: Skill) -> None:
    passed(people, people.version)
    row = Evidence.objects.visible_to(people.ada).get()
    zoe = Client()
    zoe.force_login(people.zoe)
    assert zoe.post(f"/me/skills/read.trace/{row.submission_id}/", {"out": "1"}).status_code == 404
