"""What a model says about a result: asked once, guarded, labelled, and never a grade."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from countersign.coaching import feedback as coach
from countersign.coaching.models import Feedback
from countersign.common import clock
from countersign.events import outbox
from countersign.grading import services
from countersign.grading.models import Result, SealedVerdict
from countersign.llm import jobs
from countersign.llm.models import Call, Job
from countersign.submissions.models import Submission
from tests.cast import WRONG, Cast
from tests.llm.moves import NO_REPLY, UNUSABLE
from tests.llm.server import ModelServer, echoes, refuses, says, says_json
from tests.work import CANARY, hand_in, settled, verdict

ISSUE: dict[str, Any] = {
    "rule": 1,
    "file": "solution.py",
    "line": 2,
    "quote": "age < 12",
    "happens": "On line 2 one child pays the full price.",
    "question": "Which age does the brief name last?",
}
GOOD = says_json({"issues": [ISSUE]})


def failed(people: Cast, code: str = WRONG) -> Result:
    """Work that didn't pass, and everyone told of it."""
    result = settled(hand_in(people.ada_place, people.version, code), verdict(50.0))
    outbox.deliver()
    return result


def coached(people: Cast, code: str = WRONG) -> Feedback:
    result = failed(people, code)
    jobs.work_next()
    found: Feedback = Feedback.objects.visible_to(people.ada).get(result=result)
    return found


def grades() -> list[Any]:
    """Everything that is a grade, byte by byte."""
    return [
        list(Result.objects.unscoped().order_by("pk").values()),
        list(SealedVerdict.objects.order_by("pk").values()),
        list(Submission.objects.unscoped().order_by("pk").values()),
    ]


def test_a_question_about_the_learners_own_lines_is_shown(people: Cast, model: ModelServer) -> None:
    model.plays(GOOD)
    found = coached(people)
    assert found.state == "ready"
    [issue] = found.issues
    assert issue["question"] == ISSUE["question"]
    assert (issue["line"], issue["quote"]) == (2, "age < 12")
    assert (found.prompt, found.model) == ("feedback/v1", "scripted")
    assert len(found.prompt_hash) == 64


def test_the_model_is_told_what_the_learner_may_see_and_nothing_else(
    people: Cast, model: ModelServer
) -> None:
    model.plays(GOOD)
    coached(people)
    sent = model.requests[0].text
    assert "Children up to 12 pay 5" in sent
    assert "age < 12" in sent
    for sealed in (CANARY, "age <= 12", "price(12)", "Usual mistake", "Ada", str(people.ada.pk)):
        assert sealed not in sent


def test_a_place_or_quote_that_is_not_there_is_dropped(people: Cast, model: ModelServer) -> None:
    model.plays(says_json({"issues": [ISSUE | {"line": 99, "quote": "not mine", "rule": 7}]}))
    [issue] = coached(people).issues
    assert (issue["line"], issue["quote"], issue["rule"]) == (0, "", 0)


def test_at_most_three_issues_are_shown(people: Cast, model: ModelServer) -> None:
    model.plays(says_json({"issues": [ISSUE] * 9}))
    assert len(coached(people).issues) == 3


def test_what_the_guard_refuses_is_asked_for_again_once(people: Cast, model: ModelServer) -> None:
    bad = {"issues": [ISSUE | {"question": "All checks pass, so is it done?"}]}
    model.plays(says_json(bad), GOOD)
    assert coached(people).state == "ready"
    assert len(model.requests) == 2


def test_what_stays_refused_is_withheld(people: Cast, model: ModelServer) -> None:
    model.plays(says_json({"issues": [ISSUE | {"happens": f"The check {CANARY} is open."}]}))
    found = coached(people)
    assert (found.state, found.issues) == ("withheld", [])
    assert len(model.requests) <= 3


def test_a_model_that_repeats_all_it_was_told_gives_nothing_away(
    people: Cast, model: ModelServer
) -> None:
    model.plays(echoes)
    assert coached(people).issues == []


def test_the_same_work_again_is_answered_from_store(people: Cast, model: ModelServer) -> None:
    model.plays(GOOD)
    coached(people)
    again = coached(people)
    assert again.state == "ready"
    assert len(model.requests) == 1


def test_work_that_passed_gets_no_questions(people: Cast, model: ModelServer) -> None:
    settled(hand_in(people.ada_place, people.version), verdict(100.0))
    outbox.deliver()
    assert not Feedback.objects.unscoped().exists()
    assert not Job.objects.exists()


def test_without_a_model_the_page_can_say_so(people: Cast) -> None:
    failed(people)
    assert Feedback.objects.unscoped().get().state == "off"


def test_a_used_up_budget_is_its_own_state(people: Cast, model: ModelServer, settings: Any) -> None:
    settings.LLM_LIMITS = settings.LLM_LIMITS | {"cohort": (0, 0)}
    found = coached(people)
    assert (found.state, found.trouble) == ("budget", "budget_cohort")
    assert model.requests == []


OUTAGES = NO_REPLY | UNUSABLE


@pytest.mark.parametrize("name", OUTAGES)
def test_whatever_the_model_does_the_grade_stays_and_the_page_is_truthful(
    people: Cast, model: ModelServer, settings: Any, name: str
) -> None:
    settings.LLM_DEADLINE = 2
    model.plays(OUTAGES[name])
    failed(people)
    before = grades()

    jobs.work_next()

    found = Feedback.objects.unscoped().get()
    assert grades() == before
    assert found.state == "away"
    assert found.trouble
    assert found.issues == []
    assert found.ended_at is not None
    assert len(model.requests) <= 3
    assert not Job.objects.filter(state__in=jobs.OPEN).exists(), "the worker is free"
    assert not Call.objects.filter(state="reserved").exists()


def test_right_after_an_outage_the_next_result_is_coached(people: Cast, model: ModelServer) -> None:
    model.plays(refuses(503))
    assert coached(people).state == "away"
    model.plays(GOOD)
    assert coached(people, WRONG + "# again\n").state == "ready"


def test_feedback_that_nobody_takes_up_is_given_up_within_a_minute(
    people: Cast, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed(people)
    later = clock.now() + timedelta(seconds=55)
    monkeypatch.setattr(clock, "now", lambda: later)
    services.dispatch()
    found = Feedback.objects.unscoped().get()
    assert (found.state, found.trouble) == ("away", "late")


def test_a_broken_performer_is_our_fault_and_said_as_such(
    people: Cast, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed(people)
    monkeypatch.setattr(coach, "_question", lambda _: 1 / 0)
    for _ in range(2):
        jobs.work_next()
    assert Feedback.objects.unscoped().get().trouble == "broken"


def test_a_learner_rates_reports_and_contests_and_an_instructor_decides(
    people: Cast, model: ModelServer
) -> None:
    model.plays(GOOD)
    found = coached(people)
    coach.rate(found, useful=False)
    coach.report(found)
    coach.contest(found, why="Line 2 does what the brief says.")
    assert coach.decide_contest(found, upheld=True, actor=people.ben)
    assert not coach.decide_contest(found, upheld=False, actor=people.ben)
    found.refresh_from_db()
    assert (found.is_useful, found.upheld) == (False, True)
    assert found.reported_at is not None
    assert found.contested_at is not None


def test_nobody_else_sees_it(people: Cast, model: ModelServer) -> None:
    model.plays(says("{}"))
    coached(people)
    assert Feedback.objects.visible_to(people.ben).exists()
    for stranger in (people.zoe, people.eve, people.nur):
        assert not Feedback.objects.visible_to(stranger).exists()


def test_history_and_regrades_are_read_by_no_model(
    people: Cast, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = settled(hand_in(people.ada_place, people.version, WRONG), verdict(50.0))
    later = clock.now() + timedelta(minutes=11)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: later)
        assert coach.open_feedback(result.pk) is None
    services.regrade(submissions=[result.submission], actor=people.ben)
    again = settled(result.submission, verdict(0.0))
    assert coach.open_feedback(again.pk) is None
    assert model.requests == []
