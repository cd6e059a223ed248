"""Marking memos on the page: the queue, one memo without its name, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading import services
from countersign.grading.models import RubricMark
from countersign.grading.services.marks import criteria_of
from countersign.submissions.models import Submission
from grader.answer import Answer
from grader.exercise import from_files
from tests.cast import Cast
from tests.decide import decide_files
from tests.html import ids_twice, unclosed
from tests.work import newest_run


@pytest.fixture
def version(people: Cast) -> ExerciseVersion:
    return keep_version(from_files(decide_files()))


@pytest.fixture
def memo(people: Cast, version: ExerciseVersion) -> Submission:
    because = "I am Ada, and drills are late 7.3 times a month."
    answer = Answer(fields={"decision": {"choice": "limit", "because": because}})
    receipt = services.hand_in(
        enrolment=people.ada_place, version=version, answer=answer, key=uuid4()
    )
    services.grade_run(newest_run(receipt.submission).pk)
    receipt.submission.refresh_from_db()
    return receipt.submission


@pytest.fixture
def ben(people: Cast, client: Client) -> Client:
    client.force_login(people.ben)
    return client


def marks(memo: Submission, points: int = 2, **more: Any) -> dict[str, Any]:
    return {f"mark-{each}": str(points) for each in criteria_of(memo)} | more


def test_without_memos_the_queue_says_so(people: Cast, ben: Client) -> None:
    page = ben.get("/teach/marking/").content.decode()
    assert "No memo waits for you" in page
    assert "Too few to say: 0 marks" in page
    assert ben.get("/teach/marking/next/").headers["Location"] == "/teach/marking/"


def test_a_memo_is_shown_with_its_words_and_without_its_name(ben: Client, memo: Submission) -> None:
    assert "1 memo" in ben.get("/teach/marking/").content.decode()
    page = ben.get("/teach/marking/next/", follow=True).content.decode()
    assert "drills are late 7.3 times a month" in page
    assert "Ada" not in page
    assert "ada@example.org" not in page
    assert unclosed(page) == ids_twice(page) == []


def test_marks_go_into_the_score_and_on_to_the_next(ben: Client, memo: Submission) -> None:
    answer = ben.post(f"/teach/marking/{memo.pk}/", marks(memo, note="Well weighed."))
    assert answer.headers["Location"] == "/teach/marking/next/"
    assert memo.results.get(superseded_by=None).max_score == 100
    again = ben.get(f"/teach/marking/{memo.pk}/").content.decode()
    assert again.count(" checked") >= 4
    assert "Well weighed." in again


def test_a_missing_mark_is_said_and_what_was_given_stays(ben: Client, memo: Submission) -> None:
    first, *_ = criteria_of(memo)
    answer = ben.post(f"/teach/marking/{memo.pk}/", {f"mark-{first}": "2", "note": "Kept."})
    assert answer.status_code == 422
    assert "Give every line 0, 1 or 2." in answer.content.decode()
    assert "Kept." in answer.content.decode()
    assert not RubricMark.objects.unscoped().exists()


@pytest.mark.parametrize("points", ["3", "-1", "²", "two", "1.5", ""])
def test_what_is_no_number_of_points_is_not_marked(
    ben: Client, memo: Submission, points: str
) -> None:
    sent = dict.fromkeys(marks(memo), points)
    assert ben.post(f"/teach/marking/{memo.pk}/", sent).status_code == 422


def test_a_note_that_cannot_be_kept_is_said(ben: Client, memo: Submission) -> None:
    answer = ben.post(f"/teach/marking/{memo.pk}/", marks(memo, note="a\x00b"))
    assert answer.status_code == 422
    assert not RubricMark.objects.unscoped().exists()


def test_marks_can_be_taken_back(ben: Client, memo: Submission) -> None:
    ben.post(f"/teach/marking/{memo.pk}/", marks(memo))
    assert ben.get(f"/teach/marking/{memo.pk}/take-back/").status_code == 405
    ben.post(f"/teach/marking/{memo.pk}/take-back/")
    assert "1 memo" in ben.get("/teach/marking/").content.decode()
    assert memo.results.get(superseded_by=None).max_score == 85


def test_skipping_goes_to_the_memo_behind_and_ends_at_the_queue(
    ben: Client, memo: Submission
) -> None:
    here = ben.get("/teach/marking/next/").headers["Location"]
    assert here == f"/teach/marking/{memo.pk}/"
    skipped = ben.get(f"/teach/marking/next/?after={memo.pk}").headers["Location"]
    assert skipped == "/teach/marking/"


def test_another_organisation_neither_sees_nor_marks_it(
    people: Cast, client: Client, memo: Submission
) -> None:
    client.force_login(people.nur)
    assert "No memo waits for you" in client.get("/teach/marking/").content.decode()
    for address in (f"/teach/marking/{memo.pk}/", f"/teach/marking/{memo.pk}/take-back/"):
        assert client.post(address, marks(memo)).status_code == 404
    assert not RubricMark.objects.unscoped().exists()


def test_other_work_is_no_memo(people: Cast, ben: Client) -> None:
    from tests.work import graded

    other = graded(people.ada_place, people.version)
    assert ben.get(f"/teach/marking/{other.submission_id}/").status_code == 404
