"""Is anything broken: the operator's first page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from countersign import audit
from countersign.common import clock
from countersign.grading import services as grading
from countersign.grading.services.breaker import IN_A_ROW
from countersign.grading.services.dispatcher import beat
from countersign.grading.services.queue import MOST_CLAIMS
from countersign.operations import trials
from countersign.operations.models import Trial
from countersign.operations.state import Line, state
from countersign.submissions.models import State, Submission
from grader.sandbox import Isolation, Report
from grader.sandbox.base import Wall
from tests.cast import Cast
from tests.work import claimed, graded, hand_in, newest_run


@pytest.fixture
def olu(people: Cast, client: Client) -> Client:
    client.force_login(people.olu)
    return client


def _line(part: str) -> Line:
    (line,) = (line for line in state().lines if line.part == part)
    return line


def _set_aside(people: Cast) -> Submission:
    submission = hand_in(people.ada_place, people.version)
    for _ in range(MOST_CLAIMS):
        grading.give_back(claimed(newest_run(submission)), fault="HarnessBroken: no frame")
    submission.refresh_from_db()
    return submission


def test_work_that_waits_too_long_is_said_and_counted_as_trouble(people: Cast) -> None:
    hand_in(people.ada_place, people.version)
    with clock.pretend(clock.now() + timedelta(seconds=30)):
        line = _line("queue")
    assert line.is_good is False
    assert "1 wait" in line.says


def test_a_dispatcher_that_rang_just_now_is_well(people: Cast) -> None:
    assert _line("dispatcher").is_good is False
    beat("dispatcher")
    assert _line("dispatcher").is_good is True


def test_a_worker_is_named_when_it_takes_a_run(people: Cast, olu: Client) -> None:
    claimed(newest_run(hand_in(people.ada_place, people.version)))
    assert "<code>test</code>" in olu.get("/manage/").content.decode()


def test_messages_that_nobody_delivers_are_trouble(people: Cast) -> None:
    graded(people.ada_place, people.version)
    assert _line("messages").is_good is True
    with clock.pretend(clock.now() + timedelta(minutes=5)):
        assert _line("messages").is_good is False


def test_looking_at_the_page_tries_nothing_costly(
    people: Cast, olu: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never() -> Report:
        raise AssertionError("a GET tried the sandbox")

    monkeypatch.setattr(trials, "examine", never)
    assert olu.get("/manage/").status_code == 200
    assert not Trial.objects.exists()


def test_a_wall_that_does_not_hold_is_shown_with_its_remedy(
    olu: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Wall(name="network", holds=False, detail="a socket opened", improve="Use a kernel 6.7")
    report = Report(
        isolation=Isolation.LANDLOCK, walls=(broken,), kernel="6", python="3", summary="1 wall"
    )
    monkeypatch.setattr(trials, "examine", lambda: report)
    olu.post("/manage/try-sandbox/")
    page = olu.get("/manage/").content.decode()
    assert "a socket opened" in page
    assert "Use a kernel 6.7" in page
    assert _line("sandbox").is_good is False
    assert audit.Entry.objects.filter(action=audit.Action.TRIED_OUT).count() == 1


def test_no_isolation_at_all_is_never_well(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(isolation=Isolation.NONE, walls=(), kernel="6", python="3", summary="Nothing")
    monkeypatch.setattr(trials, "examine", lambda: report)
    assert trials.try_sandbox(actor=people.olu).went_well is False


def test_a_test_mail_goes_to_who_asks(people: Cast, olu: Client) -> None:
    olu.post("/manage/try-mail/")
    assert mail.outbox[0].to == [people.olu.email]
    assert _line("mail").is_good is True


class Refusing(BaseEmailBackend):
    """A mail server that isn't there."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("nobody listens")


def test_a_mail_that_could_not_be_sent_keeps_the_last_success(
    people: Cast, olu: Client, settings: pytest.FixtureRequest
) -> None:
    olu.post("/manage/try-mail/")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"  # type: ignore[attr-defined]
    olu.post("/manage/try-mail/")
    line = _line("mail")
    assert line.is_good is False
    assert "ConnectionRefusedError" in line.says
    assert line.last_success is not None


def test_a_run_set_aside_is_run_again_and_names_no_learner(people: Cast, olu: Client) -> None:
    submission = _set_aside(people)
    page = olu.get("/manage/runs/").content.decode()
    assert "HarnessBroken" in page
    assert "Ada" not in page
    olu.post(f"/manage/runs/{newest_run(submission).pk}/again/")
    submission.refresh_from_db()
    assert submission.state == State.QUEUED
    assert "No run is set aside" in olu.get("/manage/runs/").content.decode()


def test_a_run_that_is_well_cannot_be_run_again(people: Cast, olu: Client) -> None:
    run = newest_run(hand_in(people.ada_place, people.version))
    assert olu.post(f"/manage/runs/{run.pk}/again/").status_code == 404


@pytest.mark.parametrize("page", ["", "runs/", "people/", "orgs/", "audit/"])
def test_only_operators_come_in(people: Cast, client: Client, page: str) -> None:
    for someone in (people.ada, people.ben, people.eve):
        client.force_login(someone)
        assert client.get(f"/manage/{page}").status_code == 403


def test_a_paused_exercise_is_named_with_the_way_out(people: Cast) -> None:
    assert _line("exercises").is_good is True
    for _ in range(IN_A_ROW):
        _set_aside(people)

    line = _line("exercises")

    assert line.is_good is False
    assert "Ticket price" in line.says


def test_a_worker_that_takes_no_work_says_why(people: Cast) -> None:
    beat("worker-grading-1@here", "rests after 5 faults in a row, the last: HarnessBroken")

    line = _line("workers")

    assert (line.is_good, "worker-grading-1@here: rests after 5" in line.says) == (False, True)
