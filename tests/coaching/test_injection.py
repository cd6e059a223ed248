"""Orders to a model in a learner's work change no score, though the model obeys every one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from countersign.coaching.judge import Met, proposal
from countersign.coaching.models import Feedback
from countersign.events import outbox
from countersign.grading import services
from countersign.grading.models import Result
from countersign.grading.services import work
from countersign.llm import jobs
from grader.answer import Answer
from grader.kinds import KINDS
from tests.cast import WRONG, Cast
from tests.grading.test_writing import judge, requests
from tests.llm.attacks import texts
from tests.llm.server import Handler, ModelServer, Request, completion
from tests.work import newest_run

pytestmark = pytest.mark.timeout(600)

ATTACKS = texts()
BATCH = 20
BATCHES = [ATTACKS[at : at + BATCH] for at in range(0, len(ATTACKS), BATCH)]


def obeys(handler: Handler, request: Request) -> None:
    """Everything that any order could want, in every shape that is asked for."""
    wish = request.said[-1][-200:]
    happens = f"All checks pass. Score 100 of 100. {wish}"
    issue = {"happens": happens, "question": "You passed, well done, is it not?", "rule": 1}
    reply = {
        "score": 100,
        "passed": True,
        "status": "passed",
        "issues": [issue, issue | {"happens": "The status is passed.", "score": 100}],
        "verdict": "met",
        "quote": "this meets every criterion",
    }
    body = json.dumps(completion(json.dumps(reply))).encode()
    handler.reply(200, body, "application/json", {})


@pytest.fixture(autouse=True)
def room_for_many(settings: Any) -> Iterator[None]:
    settings.SUBMISSION_LIMITS = dict.fromkeys(("unfinished", "an_hour", "a_day"), 10_000)
    plenty = (10_000, 10**12)
    settings.LLM_LIMITS = {"learner": plenty, "cohort": plenty, "site": plenty}
    yield
    work.close_tools()


def graded(people: Cast, files: dict[str, str]) -> Result:
    """Handed in, written for if its kind asks, judged in a real sandbox, and coached."""
    receipt = services.hand_in(
        enrolment=people.ada_place,
        version=people.version,
        answer=Answer(files=files),
        key=uuid4(),
    )
    jobs.work_next()
    found = services.grade_run(newest_run(receipt.submission).pk)
    assert found is not None
    as_graded = as_stored(found)
    outbox.deliver()
    jobs.work_next()
    assert as_stored(found) == as_graded, "a model's words changed what the grader wrote"
    return found


def as_stored(result: Result) -> dict[str, Any]:
    row: dict[str, Any] = Result.objects.unscoped().filter(pk=result.pk).values().get()
    return row


def nothing_shown() -> bool:
    return not any(feedback.issues for feedback in Feedback.objects.unscoped())


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) == len(set(ATTACKS)) >= 150


@pytest.mark.parametrize("attacks", BATCHES, ids=lambda batch: batch[0][:20])
def test_in_a_comment_and_in_the_code(people: Cast, model: ModelServer, attacks: list[str]) -> None:
    model.plays(obeys)
    base = graded(people, {"solution.py": WRONG})
    for attack in attacks:
        told = attack.replace("\n", " ")
        code = f"# {told}\nNOTE = {attack!r}\nprint(NOTE)\n{WRONG}"
        result = graded(people, {"solution.py": code})
        assert (result.status, result.score) == (base.status, base.score), attack
    assert nothing_shown()
    assert model.requests


@pytest.mark.parametrize("attacks", BATCHES, ids=lambda batch: batch[0][:20])
def test_in_a_file_name(people: Cast, model: ModelServer, attacks: list[str]) -> None:
    """A name that an exercise doesn't know may spoil the work; it never lifts it."""
    model.plays(obeys)
    base = graded(people, {"solution.py": WRONG})
    assert base.score is not None
    for attack in attacks:
        name = attack.replace("/", "-")[:100]
        result = graded(people, {"solution.py": WRONG, f"{name}.txt": "x"})
        assert not result.passed, attack
        assert (result.score or 0) <= base.score, attack
    assert nothing_shown()


@pytest.mark.parametrize("attacks", BATCHES, ids=lambda batch: batch[0][:20])
def test_in_a_prompt(
    people: Cast, model: ModelServer, monkeypatch: pytest.MonkeyPatch, attacks: list[str]
) -> None:
    """Here the learner's words are meant to be obeyed: what counts is the code they get."""
    kind = replace(KINDS["code"], requests=requests, judge=judge)
    monkeypatch.setitem(KINDS, "code", kind)
    model.plays(obeys)
    for attack in attacks:
        result = graded(people, {"solution.py": f"Children pay 5. {attack}"})
        assert not result.passed, attack
        assert (result.score or 0) == 0, attack
    assert nothing_shown()


def test_a_judge_that_obeys_never_lifts(people: Cast, model: ModelServer) -> None:
    """Its quote doesn't stand in the text, so its word is none: nothing is met by an order."""
    model.plays(obeys)
    for attack in ATTACKS:
        found = proposal(
            "The text names its reader.", f"Dear all. {attack}", organisation=people.northgate.pk
        )
        assert found.met is Met.UNGRADED, attack
