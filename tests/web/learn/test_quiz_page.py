"""A quiz on the page: answered as one form, explained only afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from countersign.cohorts.models import Cohort
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading.services import grade_run
from countersign.submissions.models import Submission
from grader.exercise import from_files
from tests.cast import Cast, a_release
from tests.quiz import RIGHT, quiz_files
from tests.web.learn.conftest import UNIT
from tests.work import newest_run

QUIZ = f"{UNIT}ticket-price-1/"


@pytest.fixture
def quiz(ada: Client, people: Cast) -> ExerciseVersion:
    """Ada's cohort now has a release whose one exercise is a quiz."""
    version = keep_version(from_files(quiz_files()))
    Cohort.objects.visible_to(people.ben).update(release=a_release(version))
    return version


def answers(version: ExerciseVersion, **changed: str) -> dict[str, str]:
    """Form fields with every answer right, but for what is changed."""
    lines = next(each for each in version.shown["questions"] if each["id"] == "lines")["lines"]
    wanted = ["a = 1", "b = a + 2", "print(b)"]
    places = {f"lines.place.{at}": str(wanted.index(text) + 1) for at, text in enumerate(lines)}
    return {"key": str(uuid4()), **RIGHT, **places, **changed}


def submit(browser: Client, fields: dict[str, str]) -> Submission:
    browser.post(f"{QUIZ}submit/", fields)
    found: Submission = Submission.objects.unscoped().get()
    return found


def test_questions_show_no_key_before_they_are_answered(ada: Client, quiz: ExerciseVersion) -> None:
    text = ada.get(QUIZ).content.decode()
    assert "What does this print?" in text
    assert "canary" not in text


def test_while_answers_wait_nothing_is_revealed(ada: Client, quiz: ExerciseVersion) -> None:
    submit(ada, answers(quiz))
    text = ada.get(QUIZ).content.decode()
    assert "Your answers are next" in text
    assert "canary" not in text


def test_right_answers_pass_and_are_explained(ada: Client, quiz: ExerciseVersion) -> None:
    grade_run(newest_run(submit(ada, answers(quiz))).pk)
    text = ada.get(QUIZ).content.decode()
    assert "Every answer is right." in text
    assert "canary-explain" in text
    assert "In place" in text
    assert "Elsewhere" not in text


def test_a_wrong_answer_that_was_certain_is_named_as_such(
    ada: Client, quiz: ExerciseVersion
) -> None:
    wrong = answers(quiz, prints="23", **{"prints.sure": "certain"})
    grade_run(newest_run(submit(ada, wrong)).pk)
    text = ada.get(QUIZ).content.decode()
    assert "Not right, and you were certain" in text
    assert "canary-typical" in text
    assert "canary-why-a" not in text, "the reason for an option that nobody chose"


def test_trying_again_keeps_the_answers_and_hides_the_keys(
    ada: Client, quiz: ExerciseVersion
) -> None:
    grade_run(newest_run(submit(ada, answers(quiz, prints="23"))).pk)
    text = ada.get(f"{QUIZ}?again=1").content.decode()
    assert "23</textarea>" in text
    assert "canary" not in text


def test_a_script_is_sent_to_the_answers_when_they_are_judged(
    ada: Client, quiz: ExerciseVersion
) -> None:
    submission = submit(ada, answers(quiz))
    assert "HX-Redirect" not in ada.get(f"{QUIZ}status/")
    grade_run(newest_run(submission).pk)
    assert ada.get(f"{QUIZ}status/")["HX-Redirect"].startswith(QUIZ)


def test_an_empty_quiz_is_not_an_attempt(ada: Client, quiz: ExerciseVersion) -> None:
    grade_run(newest_run(submit(ada, {"key": str(uuid4())})).pk)
    assert "There is no answer to check yet" in ada.get(QUIZ).content.decode()


def test_two_quiz_tries_stand_side_by_side(ada: Client, quiz: ExerciseVersion) -> None:
    grade_run(newest_run(submit(ada, answers(quiz, prints="23"))).pk)
    ada.post(f"{QUIZ}submit/", answers(quiz))
    second = Submission.objects.unscoped().get(number=2)
    grade_run(newest_run(second).pk)
    text = ada.get(f"{QUIZ}attempts/?compare=1&with=2").content.decode()
    assert "<del>23</del>" in text
    assert "<ins>5</ins>" in text
