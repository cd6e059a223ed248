"""A review on the page: a form with line numbers, judged in place, explained at the end."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client

from countersign.cohorts.models import Cohort
from countersign.exercises.kinds.review.form import read
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.grading.services import grade_run
from countersign.submissions.models import Submission
from grader.exercise import load
from tests.cast import Cast, a_release
from tests.web.learn.conftest import UNIT
from tests.work import newest_run

FOLDER = Path(__file__).parents[2] / "grader" / "exercises" / "refunds"
REVIEW = f"{UNIT}ticket-price-1/"
FOUND = {
    "c.1.lines": "15-16",
    "c.1.category": "requirement",
    "c.1.severity": "critical",
    "c.1.why": "Kept items are paid for.",
    "c.1.sure": "certain",
}
DECOY = {"c.2.lines": "10", "c.2.category": "logic", "c.2.severity": "major"}
SECRETS = ("Items that were kept are refunded too", "drops off the report", "KeyError")


@pytest.fixture
def review(ada: Client, people: Cast) -> ExerciseVersion:
    """Ada's cohort now has a release whose one exercise is a review."""
    version = keep_version(load(FOLDER))
    Cohort.objects.visible_to(people.ben).update(release=a_release(version))
    return version


def form(**fields: str) -> dict[str, str]:
    return {"key": str(uuid4()), "call": "fix", "call.sure": "fairly", **fields}


def graded(browser: Client, fields: dict[str, str]) -> Submission:
    browser.post(f"{REVIEW}submit/", fields)
    found: Submission = Submission.objects.unscoped().order_by("-number")[0]
    grade_run(newest_run(found).pk)
    return found


def page(browser: Client) -> str:
    return browser.get(REVIEW).content.decode()


def test_nothing_of_the_key_is_on_the_page_before_the_end(
    ada: Client, review: ExerciseVersion
) -> None:
    before = page(ada)
    graded(ada, form(**FOUND))
    after = page(ada)

    assert 'data-line="15"' in before
    for secret in (*SECRETS, "not-returned", "Day 30 itself"):
        assert secret not in before
        assert secret not in after


def test_each_comment_gets_its_verdict_in_place(ada: Client, review: ExerciseVersion) -> None:
    graded(ada, form(**FOUND, **DECOY))

    text = page(ada)

    assert "Right line, right kind, right severity." in text
    assert "Day 30 itself is still in time" in text, "why a flagged decoy is right"
    assert "1 of 2" not in text
    assert "what happens when something goes wrong" in text, "one nudge, by function and kind"
    assert "refund_report" in text


def test_asking_for_what_was_missed_shows_the_key_and_ends_the_scoring(
    ada: Client, review: ExerciseVersion
) -> None:
    graded(ada, form(**FOUND, ended="1"))

    text = page(ada)
    refused = ada.post(f"{REVIEW}submit/", form(**FOUND))

    for secret in SECRETS:
        assert secret in text or secret.replace("'", "&#x27;") in text
    assert "What you missed: lines 32 to 33" in text
    assert 'name="call"' not in text
    assert refused.status_code == 409
    assert "The scoring of this exercise has ended" in refused.content.decode()
    assert Submission.objects.unscoped().count() == 1


def test_a_place_that_is_not_there_costs_no_attempt(ada: Client, review: ExerciseVersion) -> None:
    graded(ada, form(**{"c.1.lines": "99", "c.1.why": "Wrong."}))

    text = page(ada)

    assert "Comment 1 is on line 99; the lines go from 1 to" in text
    assert "not counted" in text
    assert 'value="99"' in text, "what was typed is still there"


def test_finding_everything_passes(ada: Client, review: ExerciseVersion) -> None:
    more = {"c.2.lines": "33", "c.2.category": "errors", "c.2.severity": "major"}

    graded(ada, form(**FOUND, **more))

    assert "You found everything that is wrong, and your call fits." in page(ada)


def test_markup_in_a_comment_stays_text(ada: Client, review: ExerciseVersion) -> None:
    graded(ada, form(**{**FOUND, "c.1.why": "<script>alert(1)</script>"}))

    assert "<script>alert(1)</script>" not in page(ada)


def findings(version: ExerciseVersion, fields: dict[str, str]) -> list[dict[str, str]]:
    post = QueryDict(mutable=True)
    post.update(fields)
    found: list[dict[str, str]] = read(version, post).fields["findings"]
    return found


def test_the_same_comment_twice_is_one(review: ExerciseVersion) -> None:
    twice = {name.replace("c.1.", "c.7."): value for name, value in FOUND.items()}

    assert len(findings(review, {**FOUND, **twice})) == 1


def test_empty_and_removed_slots_are_no_comments(review: ExerciseVersion) -> None:
    removed = {**FOUND, "c.1.remove": "1", "c.2.lines": "", "c.3.lines": " "}

    assert findings(review, removed) == []


def test_a_fix_that_changes_nothing_is_no_fix(review: ExerciseVersion) -> None:
    given = "\n".join(review.shown["artefact"]["text"].split("\n")[14:16])

    (same,) = findings(review, {**FOUND, "c.1.fix": f"{given}\r\n"})
    (cut,) = findings(review, {**FOUND, "c.1.fix": given, "c.1.cut": "1"})

    assert "fix" not in same
    assert cut["fix"] == ""
