"""A chain as its learner meets it: three steps, one open at a time."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.courses.models import ExercisePlace
from countersign.grading.services import grade_next
from countersign.submissions.models import ChainStep
from tests.cast import Cast
from tests.chain import GOOD, POOR, a_chain

ADDRESS = "/learn/just-enough-python/first-steps/the-car-park/"


@pytest.fixture
def learner(people: Cast, client: Client) -> Client:
    lesson = people.version.places.get().lesson
    ExercisePlace.objects.create(lesson=lesson, version=a_chain(), slug="the-car-park", position=9)
    client.force_login(people.ada)
    return client


def page(client: Client) -> str:
    return client.get(ADDRESS).content.decode()


def send(client: Client, **fields: str) -> str:
    answer = client.post(f"{ADDRESS}submit/", fields, follow=True)
    return answer.content.decode()


def test_only_the_first_step_is_open(learner: Client) -> None:
    shown = page(learner)
    assert "Hand in my prompt" in shown
    assert 'name="call-1"' not in shown
    assert 'name="decision"' not in shown
    assert shown.count("Opens after the step before") == 2


def test_ones_own_output_is_what_one_reviews(learner: Client) -> None:
    shown = send(learner, link="prompt", prompt=POOR)
    assert "Hand in my review" in shown
    assert "minutes * " in shown
    assert "begun" not in shown.replace("an hour that has only begun", ""), "nothing is told yet"
    assert "Opens after the step before" in shown


def test_what_was_typed_stays_beside_the_reason_for_a_refusal(learner: Client) -> None:
    send(learner, link="prompt", prompt=POOR)
    answer = learner.post(
        f"{ADDRESS}submit/",
        {"link": "review", "call": "fix", "call-1": "other(1)", "expected-1": "typed here"},
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "typed here" in shown
    assert "Finding 1 can’t be read" in shown
    assert ChainStep.objects.unscoped().count() == 1


def test_a_step_out_of_turn_changes_nothing(learner: Client) -> None:
    answer = learner.post(f"{ADDRESS}submit/", {"link": "decide", "decision": "ship"})
    assert answer.status_code == 409
    assert learner.post(f"{ADDRESS}submit/", {"link": "nonsense"}).status_code == 409
    assert not ChainStep.objects.unscoped().exists()


def test_after_the_last_step_each_link_is_told(learner: Client) -> None:
    send(learner, link="prompt", prompt=POOR)
    send(learner, link="review", call="fix", **{"call-1": "parking_fee(61)", "expected-1": "500"})
    send(learner, link="decide", decision="mend")
    while grade_next():
        pass
    shown = page(learner)
    assert "for the whole chain" in shown
    assert "an hour that has only begun" in shown
    assert "100 of 100" in shown
    assert "Begin again with this prompt" in shown
    assert "parking_fee(61)" in learner.get(f"{ADDRESS}attempts/1/").content.decode()


def test_a_chain_that_holds_leads_on(learner: Client) -> None:
    send(learner, link="prompt", prompt=GOOD)
    send(learner, link="review", call="use")
    send(learner, link="decide", decision="ship")
    while grade_next():
        pass
    shown = page(learner)
    assert "The prompt, the review and the decision all hold." in shown
    assert "Nothing: the code that your prompt got is right." in shown


def test_what_is_typed_in_a_step_is_kept_as_a_draft(learner: Client) -> None:
    learner.post(f"{ADDRESS}draft/", {"link": "prompt", "prompt": "half a prompt", "revision": "0"})
    assert "half a prompt" in page(learner)
