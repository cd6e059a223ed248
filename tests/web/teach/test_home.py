"""The work list: its counts are those of the pages behind it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from countersign.coaching import appeals
from countersign.coaching.models import Appeal, Feedback
from countersign.cohorts.services import enrol
from countersign.common import clock
from countersign.exercises.services import keep_version
from countersign.grading import services
from countersign.grading.models import Result, SuspectedDefect
from countersign.insights.services import What, inbox
from countersign.organisations.models import Role
from countersign.organisations.services import give_role
from countersign.submissions.models import Submission
from grader.answer import Answer
from grader.exercise import from_files
from tests.cast import Cast, person
from tests.decide import decide_files
from tests.work import graded, newest_run


def a_memo(people: Cast) -> Submission:
    answer = Answer(fields={"decision": {"choice": "limit", "because": "22 of 38."}})
    version = keep_version(from_files(decide_files()))
    receipt = services.hand_in(
        enrolment=people.ada_place, version=version, answer=answer, key=uuid4()
    )
    services.grade_run(newest_run(receipt.submission).pk)
    return receipt.submission


def everything(people: Cast) -> Result:
    """One memo, two appeals, one extra find, one contested remark."""
    a_memo(people)
    result = graded(people.ada_place, people.version, 50.0)
    for decision in ("limit", "round"):
        appeals.appeal(result, decision=decision, about="It", says="I did", actor=people.ada)
    SuspectedDefect.objects.create(submission=result.submission, number=1, lines="1")
    Feedback.objects.create(result=result, state="ready", contested_at=clock.now())
    return result


def counts(people_: object) -> dict[What, int]:
    return {each.what: each.number for each in inbox(people_)}  # type: ignore[arg-type]


@pytest.fixture
def ben(people: Cast, client: Client) -> Client:
    client.force_login(people.ben)
    return client


def test_each_sort_is_counted_and_linked(people: Cast, ben: Client) -> None:
    everything(people)
    assert counts(people.ben) == {
        What.MEMOS: 1,
        What.APPEALS: 2,
        What.EXTRA_FINDS: 1,
        What.CONTESTED: 1,
    }
    page = ben.get("/teach/").content.decode()
    assert "2 appeals wait for your answer" in page
    for address in ("marking", "appeals", "suspected", "coach"):
        assert f'<h3><a href="/teach/{address}/">' in page


def test_the_counts_are_those_of_the_pages(people: Cast, ben: Client) -> None:
    everything(people)
    found = counts(people.ben)
    assert ben.get("/teach/marking/").context["waiting"] == found[What.MEMOS]
    assert len(ben.get("/teach/appeals/").context["waiting"]) == found[What.APPEALS]
    told = ben.get("/teach/coach/").context["told"]
    assert len([each for each in told if each.upheld is None]) == found[What.CONTESTED]


def test_what_is_done_leaves_the_list(people: Cast, ben: Client) -> None:
    everything(people)
    for appeal in Appeal.objects.visible_to(people.ben).answerable_by(people.ben):
        appeals.answer(appeal, upheld=True, reply="You did.", actor=people.ben)
    assert What.APPEALS not in counts(people.ben)


def test_ones_own_work_is_not_ones_own_to_decide(people: Cast) -> None:
    everything(people)
    give_role(organisation=people.northgate, user=people.ada, role=Role.INSTRUCTOR)
    assert counts(people.ada) == {}


def test_another_organisation_counts_nothing_of_this_one(people: Cast) -> None:
    everything(people)
    assert counts(people.nur) == counts(people.zoe) == counts(people.eve) == {}


def test_an_empty_list_says_so(people: Cast, ben: Client) -> None:
    assert "Nothing waits for you" in ben.get("/teach/").content.decode()


def test_more_people_than_fit_are_all_on_the_page_behind(people: Cast, ben: Client) -> None:
    for number in range(7):
        place = enrol(cohort=people.cohort, learner=person(f"Learner{number}"))
        for _ in range(4):
            graded(place, people.version, 50.0)
    home = ben.get("/teach/").content.decode()
    assert len(re.findall(r"4 tries on", home)) == 5
    assert "All 7" in home
    behind = ben.get("/teach/hands/").content.decode()
    assert "Stuck on one exercise: 7" in behind
    assert len(re.findall(r"4 tries on", behind)) == 7


def test_nobody_decides_on_their_own_extra_find(people: Cast, client: Client) -> None:
    result = everything(people)
    give_role(organisation=people.northgate, user=people.ada, role=Role.INSTRUCTOR)
    client.force_login(people.ada)
    doubt = SuspectedDefect.objects.unscoped().get(submission=result.submission_id)
    assert client.post(f"/teach/suspected/{doubt.pk}/").status_code == 404
    doubt.refresh_from_db()
    assert doubt.decision == "waiting"
