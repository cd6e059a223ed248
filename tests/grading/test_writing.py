"""A model writes what a run is judged on: queue, fencing, store, and every way of being away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from countersign.common import clock
from countersign.grading import services
from countersign.grading.models import Result, RunState
from countersign.grading.services import work
from countersign.llm import jobs
from countersign.llm.models import Call, Job, JobState, Sample
from countersign.submissions.models import State, Submission
from grader.answer import Answer
from grader.authored.exercise import Exercise
from grader.kinds import KINDS
from grader.kinds.code.judge import judge as judge_code
from grader.kinds.generation import GenerationRequest
from grader.kinds.tools import Phases, Tools
from grader.verdict import Verdict
from tests.cast import RIGHT, WRONG, Cast
from tests.llm.moves import NO_REPLY
from tests.llm.server import ModelServer, free_port, refuses, says
from tests.llm.using import use
from tests.work import hand_in, newest_run


def requests(exercise: Exercise, answer: Answer) -> tuple[GenerationRequest, ...]:
    prompt = answer.files.get("solution.py", "")
    system = "Return only the code."
    return (GenerationRequest(key="code", system=system, prompt=prompt),) if prompt else ()


def judge(exercise: Exercise, answer: Answer, *, tools: Tools, phases: Phases) -> Verdict:
    """Judge what the model wrote, or the answer itself where none was asked."""
    if tools.generations is None:
        return judge_code(exercise, answer, tools=tools, phases=phases)
    text = tools.generations["code"].trials[0]
    written = Answer(files={"solution.py": text})
    return judge_code(exercise, written, tools=tools, phases=phases)


@pytest.fixture(autouse=True)
def a_kind_that_asks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kind = replace(KINDS["code"], requests=requests, judge=judge)
    monkeypatch.setitem(KINDS, "code", kind)
    yield
    work.close_tools()


def prompted(people: Cast, prompt: str = "Children up to 12 pay 5.") -> Submission:
    return hand_in(people.ada_place, people.version, prompt)


def through(submission: Submission) -> Submission:
    """Let both workers do their part."""
    jobs.work_next()
    services.grade_next()
    submission.refresh_from_db()
    return submission


def test_what_the_model_wrote_is_what_is_judged(people: Cast, model: ModelServer) -> None:
    model.plays(says(RIGHT))
    submission = through(prompted(people))
    assert submission.state == State.GRADED
    assert submission.results.get().passed
    assert len(model.requests) == 3
    assert Sample.objects.count() == 3


def test_a_grader_leaves_a_run_alone_until_all_is_written(people: Cast, model: ModelServer) -> None:
    submission = prompted(people)
    assert services.claim(newest_run(submission).pk, worker="test") is None
    assert not services.grade_next()
    assert newest_run(submission).waits_for_a_model


def test_the_same_words_again_cost_nothing(people: Cast, model: ModelServer) -> None:
    model.plays(says(WRONG))
    through(prompted(people))
    model.plays(says(RIGHT))
    submission = through(prompted(people))
    assert model.requests == []
    assert submission.results.get().status == "failed"


def test_without_a_model_the_run_goes_straight_to_the_graders(people: Cast) -> None:
    run = newest_run(prompted(people, RIGHT))
    assert run.generator == ""
    assert not Job.objects.exists()
    assert services.grade_next()


def test_who_wants_the_practice_model_gets_it(people: Cast, model: ModelServer) -> None:
    submission = prompted(people, RIGHT)
    services.cancel(submission=submission, actor=people.ada)
    assert Job.objects.get().state == JobState.GIVEN_UP
    Submission.objects.unscoped().update(state=State.MODEL_AWAY)
    assert services.run_again(submission=submission, practice=True)
    assert newest_run(submission).generator == ""
    assert model.requests == []


OUTAGES: dict[str, Any] = NO_REPLY


@pytest.mark.parametrize("name", OUTAGES)
def test_a_model_that_is_away_ends_the_run_without_a_result(
    people: Cast, model: ModelServer, settings: Any, name: str
) -> None:
    settings.LLM_DEADLINE = 2
    model.plays(OUTAGES[name])
    submission = prompted(people)

    jobs.work_next()

    submission.refresh_from_db()
    run = newest_run(submission)
    assert submission.state == State.MODEL_AWAY
    assert (run.state, bool(run.trouble), run.lease_token) == (RunState.CANCELLED, True, None)
    assert not Result.objects.unscoped().exists()
    assert not State(submission.state).uses_an_attempt
    assert len(model.requests) <= 3
    assert not Job.objects.filter(state__in=jobs.OPEN).exists(), "the worker is free"


def test_an_address_where_nobody_is_ends_it_too(people: Cast, settings: Any) -> None:
    use(settings, f"http://127.0.0.1:{free_port()}/v1")
    assert through(prompted(people)).state == State.MODEL_AWAY
    use(settings, "https://no-such-name.invalid/v1")
    assert through(prompted(people, "another")).state == State.MODEL_AWAY


def test_a_server_without_proper_encryption_ends_it_too(
    people: Cast, model: ModelServer, settings: Any
) -> None:
    use(settings, model.url.replace("http://", "https://"))
    assert through(prompted(people)).state == State.MODEL_AWAY
    assert model.requests == []


def test_after_an_outage_the_learner_asks_again_and_gets_an_answer(
    people: Cast, model: ModelServer
) -> None:
    model.plays(refuses(500))
    submission = through(prompted(people))
    assert submission.state == State.MODEL_AWAY
    model.plays(says(RIGHT))
    assert services.run_again(submission=submission)
    assert through(submission).state == State.GRADED


def test_a_used_up_budget_is_named(people: Cast, model: ModelServer, settings: Any) -> None:
    settings.LLM_LIMITS = settings.LLM_LIMITS | {"learner": (0, 0)}
    submission = through(prompted(people))
    assert submission.state == State.MODEL_AWAY
    assert newest_run(submission).trouble == "budget_learner"
    assert model.requests == []


def test_when_no_worker_takes_it_the_page_says_so_within_a_minute(
    people: Cast, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = prompted(people)
    later = clock.now() + timedelta(seconds=55)
    monkeypatch.setattr(clock, "now", lambda: later)
    services.dispatch()
    submission.refresh_from_db()
    assert submission.state == State.MODEL_AWAY
    assert newest_run(submission).trouble == "late"


def test_a_worker_that_wakes_up_after_its_lease_changes_nothing(
    people: Cast, model: ModelServer
) -> None:
    model.plays(says(RIGHT))
    submission = prompted(people)
    stale = jobs.claim(Job.objects.get().pk)
    assert stale is not None
    Job.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert jobs.work_next()
    assert not jobs._finish(stale, lambda: pytest.fail("a stale worker wrote"))
    assert newest_run(submission).written_at is not None


def test_a_worker_that_dies_costs_no_call_twice(people: Cast, model: ModelServer) -> None:
    """What had come before it died is kept; only what was missing is asked for."""
    model.plays(says(RIGHT), says(RIGHT), refuses(400))
    submission = prompted(people)
    through(submission)
    assert submission.state == State.MODEL_AWAY
    model.plays(says(RIGHT))
    services.run_again(submission=submission)
    assert through(submission).state == State.GRADED
    assert len(model.requests) == 1


def test_a_regrade_judges_the_very_same_texts(people: Cast, model: ModelServer) -> None:
    model.plays(says(RIGHT))
    submission = through(prompted(people))
    model.plays(says(WRONG))
    services.regrade(submissions=[submission], actor=people.ben)
    through(submission)
    assert submission.results.filter(superseded_by=None).get().passed
    assert model.requests == []


def test_a_regrade_that_finds_no_model_leaves_the_old_result(
    people: Cast, model: ModelServer
) -> None:
    model.plays(says(RIGHT))
    submission = through(prompted(people))
    Sample.objects.all().delete()
    model.plays(refuses(503))
    services.regrade(submissions=[submission], actor=people.ben)
    assert through(submission).state == State.GRADED
    assert submission.results.get().passed


def test_nothing_hidden_is_sent(people: Cast, model: ModelServer) -> None:
    model.plays(says(RIGHT))
    through(prompted(people))
    for request in model.requests:
        assert "price(12)" not in request.text
        assert "<= 12" not in request.text
        assert "Ada" not in request.text
    assert {call.about for call in Call.objects.all()} != {None}
