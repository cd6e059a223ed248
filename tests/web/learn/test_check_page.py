"""The skill check on the page: begun, saved, paused, handed in; no key is ever shown."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from countersign.courses.models import SkillCheck
from countersign.exercises.services import keep_version
from countersign.grading.services import grade_run
from countersign.learning.models import Sitting
from grader.exercise import from_files
from tests.cast import Cast
from tests.quiz import quiz_files
from tests.work import newest_run

CHECK = "/me/check/first/before/"


@pytest.fixture(autouse=True)
def check(people: Cast) -> SkillCheck:
    before, after = (keep_version(from_files(quiz_files())) for _ in range(2))
    return SkillCheck.objects.create(
        release=people.release, uuid=uuid4(), slug="first", title="First check", summary="Eight.",
        minutes=20, before=before, after=after,
    )  # fmt: skip


def text_of(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def sitting() -> Sitting:
    found: Sitting = Sitting.objects.unscoped().get()
    return found


def test_nothing_begins_by_looking(ada: Client) -> None:
    assert "Start the clock" in text_of(ada, "/me/check/")
    assert ada.get(CHECK).status_code == 404
    assert not Sitting.objects.unscoped().exists()


def test_items_show_with_the_clock_and_without_keys(ada: Client) -> None:
    ada.post(f"{CHECK}start/", {"extension": "1.5"})
    text = text_of(ada, CHECK)
    assert "30 min left" in text
    assert "What does this print?" in text
    assert "canary" not in text


def test_answers_are_kept_and_handed_in(ada: Client) -> None:
    ada.post(f"{CHECK}start/")
    ada.post(f"{CHECK}save/", {"name": "b", "revision": "0"})
    assert 'value="b" checked' in text_of(ada, CHECK)
    ada.post(f"{CHECK}save/", {"name": "b", "prints": "5", "revision": "1", "finish": "1"})
    done = sitting()
    assert done.submission is not None
    assert "Being checked" in text_of(ada, "/me/check/")
    grade_run(newest_run(done.submission).pk)
    text = text_of(ada, "/me/check/")
    assert "2 of 4 right" in text
    assert "canary" not in text
    assert ada.get(CHECK).status_code == 302, "a form is taken once"


def test_a_script_is_answered_in_json(ada: Client) -> None:
    ada.post(f"{CHECK}start/")
    fields = {"name": "b", "revision": "0"}
    kept = ada.post(f"{CHECK}save/", fields, headers={"Accept": "application/json"})
    assert kept.json()["revision"] == 1
    other = {"name": "a", "revision": "0"}
    conflict = ada.post(f"{CHECK}save/", other, headers={"Accept": "application/json"})
    assert conflict.status_code == 409


def test_while_the_clock_is_stopped_the_items_are_out_of_sight(ada: Client) -> None:
    ada.post(f"{CHECK}start/")
    ada.post(f"{CHECK}pause/", {"name": "b", "revision": "0"})
    text = text_of(ada, CHECK)
    assert "The clock is stopped" in text
    assert "What does this print?" not in text
    ada.post(f"{CHECK}resume/")
    assert 'value="b" checked' in text_of(ada, CHECK)


def test_the_second_form_is_not_open_before_the_first_is_handed_in(ada: Client) -> None:
    ada.post("/me/check/first/after/start/")
    assert not Sitting.objects.unscoped().exists()
    assert "Opens once the first form is handed in." in text_of(ada, "/me/check/")


def test_nobody_takes_a_check_of_a_cohort_they_are_not_in(people: Cast) -> None:
    eve = Client()
    eve.force_login(people.eve)
    assert eve.post(f"{CHECK}start/").status_code == 404
    assert not Sitting.objects.unscoped().exists()
