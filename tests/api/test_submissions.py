"""Handing work in by a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from countersign.accounts.models import User
from countersign.submissions.models import Submission
from tests.cast import RIGHT, WRONG, Cast
from tests.work import CANARY, hand_in, settled, verdict

As = Callable[[User], APIClient]
URL = "/api/v1/submissions/"


def post(client: APIClient, people: Cast, code: str = RIGHT, **more: object):  # type: ignore[no-untyped-def]
    body = {"exercise": str(people.version.exercise_id), "files": {"solution.py": code}}
    key = more.pop("key", None) or str(uuid4())
    return client.post(URL, {**body, **more}, format="json", headers={"Idempotency-Key": key})


def test_work_is_taken_in_with_an_address_to_ask(people: Cast, as_: As) -> None:
    answer = post(as_(people.ada), people)
    assert answer.status_code == 202
    assert answer.json()["state"] == "queued"
    assert answer["Location"].endswith(f"{URL}{answer.json()['id']}/")


def test_the_status_tells_what_was_found(people: Cast, as_: As) -> None:
    client = as_(people.ada)
    taken = post(client, people).json()
    settled(Submission.objects.unscoped().get(), verdict(50.0))
    found = client.get(taken["url"]).json()
    assert (found["state"], found["verdict"], found["score"]) == ("graded", "failed", 50.0)
    assert (found["tests_passed"], found["tests_total"]) == (1, 2)


def test_nothing_hidden_leaves_through_the_api(people: Cast, as_: As) -> None:
    client = as_(people.ada)
    taken = post(client, people).json()
    settled(Submission.objects.unscoped().get(), verdict(50.0))
    for url in (taken["url"], URL, f"/api/v1/exercises/{people.version.exercise_id}/"):
        body = client.get(url).content.decode()
        assert CANARY not in body
        assert "price(12)" not in body


def test_the_same_key_twice_is_one_submission(people: Cast, as_: As) -> None:
    client, key = as_(people.ada), str(uuid4())
    first = post(client, people, key=key).json()
    again = post(client, people, key=key)
    assert again.status_code == 202
    assert again.json()["id"] == first["id"]


def test_the_same_key_for_other_work_is_a_conflict(people: Cast, as_: As) -> None:
    client, key = as_(people.ada), str(uuid4())
    post(client, people, RIGHT, key=key)
    assert post(client, people, WRONG, key=key).status_code == 409


def test_too_much_at_once_says_when_to_come_back(people: Cast, as_: As) -> None:
    client = as_(people.ada)
    for number in range(2):
        post(client, people, f"# {number}")
    refusal = post(client, people, "# 3")
    assert refusal.status_code == 429
    assert int(refusal["Retry-After"]) > 0


@pytest.mark.parametrize("key", ["", "not-a-uuid"])
def test_a_key_is_needed(people: Cast, as_: As, key: str) -> None:
    body = {"exercise": str(people.version.exercise_id), "files": {"solution.py": RIGHT}}
    answer = as_(people.ada).post(URL, body, format="json", headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["fields"]


BAD_BODIES = [
    b"",
    b"not json",
    b"[]",
    b'{"exercise": 7}',
    b'{"exercise": "x", "exercise": "y"}',
    b'{"exercise": NaN}',
    b'{"files": {"solution.py": 12' + b"3" * 6000 + b"}}",
    b"[" * 100_000,
    b"\xff\xfe",
    b'{"fields": {"q": 1e999}}',
]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_body_we_cannot_read_is_the_callers_fault(people: Cast, as_: As, body: bytes) -> None:
    answer = as_(people.ada).post(
        URL, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert 400 <= answer.status_code < 500
    assert answer.json()["message"]
    assert Submission.objects.unscoped().count() == 0


@pytest.mark.parametrize("code", ["a\x00b", "half \ud800"])
def test_text_that_cannot_be_stored_is_refused_in_words(people: Cast, as_: As, code: str) -> None:
    body = json.dumps({"exercise": str(people.version.exercise_id), "files": {"solution.py": code}})
    answer = as_(people.ada).post(
        URL, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    assert answer.status_code in (400, 422)
    assert Submission.objects.unscoped().count() == 0


def test_an_unknown_field_is_named(people: Cast, as_: As) -> None:
    answer = post(as_(people.ada), people, grade=100)
    assert answer.status_code == 400
    assert "grade" in answer.json()["fields"]


def test_too_many_or_too_large_files_are_refused(people: Cast, as_: As) -> None:
    client = as_(people.ada)
    many = {f"f{n}.py": "" for n in range(21)}
    assert post(client, people, files=many).status_code == 400
    assert post(client, people, "#" * 300_000).status_code == 400


def test_an_exercise_of_another_cohort_is_not_there(people: Cast, as_: As) -> None:
    answer = post(as_(people.ada), people, cohort=str(people.other_cohort.pk))
    assert answer.status_code == 400
    assert Submission.objects.unscoped().count() == 0


def test_somebody_elses_submission_is_not_there(people: Cast, as_: As) -> None:
    submission = hand_in(people.ada_place, people.version)
    url = f"{URL}{submission.pk}/"
    assert as_(people.zoe).get(url).status_code == 404
    assert as_(people.eve).get(url).status_code == 404
    assert as_(people.ben).get(url).status_code == 200
