"""One submission in full, for staff."""

from __future__ import annotations

from django.test import Client

from countersign import audit
from countersign.grading import services as grading
from countersign.grading.models import Reason, Run
from countersign.grading.services.queue import MOST_CLAIMS
from countersign.organisations.models import Role
from countersign.organisations.services import give_role
from countersign.submissions.models import State, Submission
from tests.cast import Cast
from tests.work import CANARY, claimed, graded, hand_in, newest_run


def _set_aside(people: Cast) -> Submission:
    submission = hand_in(people.ada_place, people.version)
    for _ in range(MOST_CLAIMS):
        grading.give_back(claimed(newest_run(submission)), fault="HarnessBroken: no frame")
    submission.refresh_from_db()
    return submission


def test_an_instructor_sees_the_hidden_checks_and_the_run(people: Cast, client: Client) -> None:
    result = graded(people.ada_place, people.version, 50.0)
    client.force_login(people.ben)
    page = client.get(f"/teach/submissions/{result.submission_id}/").content.decode()
    assert CANARY in page
    assert "code@test" in page
    assert "Times taken" in page
    assert audit.Entry.objects.filter(action=audit.Action.PERSON_VIEWED).count() == 1


def test_a_teacher_who_learns_elsewhere_cannot_open_their_own_sealed_verdict(
    people: Cast, client: Client
) -> None:
    give_role(organisation=people.northgate, user=people.zoe, role=Role.INSTRUCTOR)
    result = graded(people.zoe_place, people.version, 50.0)
    client.force_login(people.zoe)
    assert client.get(f"/teach/submissions/{result.submission_id}/").status_code == 404


def test_regrade_makes_a_run_and_the_old_result_counts_on(people: Cast, client: Client) -> None:
    result = graded(people.ada_place, people.version, 50.0)
    client.force_login(people.ben)
    client.post(f"/teach/submissions/{result.submission_id}/regrade/")
    run = newest_run(result.submission)
    assert run.reason == Reason.REGRADE
    result.submission.refresh_from_db()
    assert result.submission.state == State.GRADED


def test_run_again_puts_our_fault_back_in_the_queue(people: Cast, client: Client) -> None:
    submission = _set_aside(people)
    client.force_login(people.ben)
    page = client.get(f"/teach/submissions/{submission.pk}/").content.decode()
    assert "HarnessBroken" in page
    client.post(f"/teach/submissions/{submission.pk}/run-again/")
    submission.refresh_from_db()
    assert submission.state == State.QUEUED
    assert audit.Entry.objects.filter(action=audit.Action.RUN_AGAIN_ASKED).count() == 1


def test_a_regrade_that_met_our_fault_can_be_run_again(people: Cast) -> None:
    result = graded(people.ada_place, people.version, 50.0)
    grading.regrade(submissions=[result.submission], actor=people.ben)
    for _ in range(MOST_CLAIMS):
        grading.give_back(claimed(newest_run(result.submission)), fault="HarnessBroken")
    assert grading.run_again(submission=result.submission, actor=people.ben)
    assert newest_run(result.submission).reason == Reason.REGRADE


def test_get_never_regrades(people: Cast, client: Client) -> None:
    result = graded(people.ada_place, people.version)
    client.force_login(people.ben)
    assert client.get(f"/teach/submissions/{result.submission_id}/regrade/").status_code == 405
    assert Run.objects.visible_to(people.ben).count() == 1


def test_the_home_lists_our_faults_first_and_opens_where_they_are_mended(
    people: Cast, client: Client
) -> None:
    submission = _set_aside(people)
    client.force_login(people.ben)
    page = client.get("/teach/").content.decode()
    assert f"/teach/submissions/{submission.pk}/run-again/" in page
    grading.run_again(submission=submission)
    assert "run-again" not in client.get("/teach/").content.decode()
