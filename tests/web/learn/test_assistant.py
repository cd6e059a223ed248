"""Ask the model in a code exercise: only where it is allowed, and nothing changes by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from countersign.coaching import assistant
from countersign.coaching.models import Turn
from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from countersign.llm import jobs
from countersign.submissions.models import Draft
from countersign.submissions.services import open_attempt
from grader.answer import Answer
from grader.exercise import from_files
from tests.cast import RIGHT, STARTER, WRONG, Cast, a_release, exercise_files
from tests.llm.server import ModelServer, refuses, says_json

AT = {"course": "just-enough-python", "unit": "first-steps", "slug": "ticket-price-1"}
CHANGE = says_json({"says": "I compare the age.", "file": "solution.py", "text": WRONG})


def version(*, aided: bool = True) -> ExerciseVersion:
    files = exercise_files(aided=aided)
    files["exercise.yaml"] += (
        '  - {id: oldest, requirement: adult, title: Very old, call: "price(4711)", returns: 9}\n'
        "assistant: true\n"
    )
    return keep_version(from_files(files))


@pytest.fixture
def ada(people: Cast) -> Client:
    """Ada at a desk where she may ask."""
    people.cohort.release = a_release(version())
    people.cohort.save()
    client = Client()
    client.force_login(people.ada)
    return client


def act(client: Client, name: str, **fields: Any) -> Any:
    return client.post(reverse(name, kwargs=AT), {"file:solution.py": STARTER, **fields})


def page(client: Client) -> str:
    return client.get(reverse("step", kwargs=AT)).content.decode()


def test_a_suggestion_is_shown_and_changes_nothing_until_it_is_taken(
    ada: Client, model: ModelServer
) -> None:
    model.plays(CHANGE)
    act(ada, "exercise_ask", question="How do I compare?")
    assert "The model is writing." in page(ada)
    jobs.work_next()
    said = page(ada)
    assert "I compare the age." in said
    assert "+     return 5 if age &lt; 12 else 9" in said
    assert not Draft.objects.exists()

    act(ada, "exercise_turn", number="1", act="take", revision="0")
    assert Draft.objects.get().answer["files"]["solution.py"] == WRONG
    assert "Changes taken: 1, undone: 0." in page(ada)


def test_taking_is_undone_once(ada: Client, model: ModelServer) -> None:
    model.plays(CHANGE)
    act(ada, "exercise_ask", question="How?")
    jobs.work_next()
    act(ada, "exercise_turn", number="1", act="take", revision="0")
    undo = {"number": "1", "act": "undo", "revision": "1", "file:solution.py": WRONG}
    ada.post(reverse("exercise_turn", kwargs=AT), undo)
    assert Draft.objects.get().answer["files"]["solution.py"] == STARTER
    said = ada.post(reverse("exercise_turn", kwargs=AT), undo).content.decode()
    assert "This file has changed since you asked." in said


def test_a_file_that_changed_meanwhile_is_left_alone(ada: Client, model: ModelServer) -> None:
    model.plays(CHANGE)
    act(ada, "exercise_ask", question="How?")
    jobs.work_next()
    mine = {"number": "1", "act": "take", "revision": "0", "file:solution.py": RIGHT}
    said = ada.post(reverse("exercise_turn", kwargs=AT), mine).content.decode()
    assert "This file has changed since you asked." in said
    assert Turn.objects.unscoped().get().state == "here"
    assert not Draft.objects.exists()


def test_a_suggestion_may_be_left(ada: Client, model: ModelServer) -> None:
    model.plays(CHANGE)
    act(ada, "exercise_ask", question="How?")
    jobs.work_next()
    act(ada, "exercise_turn", number="1", act="refuse")
    assert "Not taken" in page(ada)


def test_what_hidden_checks_know_is_kept_back(ada: Client, model: ModelServer) -> None:
    model.plays(says_json({"says": "Try 4711 first.", "file": "", "text": ""}))
    act(ada, "exercise_ask", question="What is tested?")
    jobs.work_next()
    assert Turn.objects.unscoped().get().state == "withheld"
    assert "4711" not in page(ada)
    assert "4711" not in model.requests[0].text


def test_without_a_model_the_partner_says_so(ada: Client) -> None:
    assert "The practice model can’t answer questions" in page(ada)


def test_an_outage_changes_nothing_and_one_may_ask_again(ada: Client, model: ModelServer) -> None:
    model.plays(refuses(503))
    act(ada, "exercise_ask", question="How?")
    jobs.work_next()
    assert "Nothing in your code has changed. You can ask again." in page(ada)
    assert act(ada, "exercise_ask", question="And now?").status_code == 302


def test_one_question_at_a_time(ada: Client, model: ModelServer) -> None:
    for _ in range(2):
        act(ada, "exercise_ask", question="How?")
    assert Turn.objects.unscoped().count() == 1


def test_where_the_author_allows_none_there_is_none(people: Cast, model: ModelServer) -> None:
    client = Client()
    client.force_login(people.ada)
    assert "Ask the model" not in page(client)
    assert act(client, "exercise_ask", question="How?").status_code == 404


def test_work_without_help_is_without_it_on_the_server_too(
    people: Cast, model: ModelServer
) -> None:
    unaided = version(aided=False)
    people.cohort.release = a_release(unaided)
    people.cohort.save()
    client = Client()
    client.force_login(people.ada)
    assert "Ask the model" not in page(client)
    assert act(client, "exercise_ask", question="How?").status_code == 404
    attempt = open_attempt(enrolment=people.ada_place, version=unaided)
    with pytest.raises(assistant.NotAllowed):
        assistant.ask(attempt, question="How?", answer=Answer())
    assert model.requests == []


def test_somebody_elses_turn_is_not_there(ada: Client, people: Cast, model: ModelServer) -> None:
    del people
    assert act(ada, "exercise_turn", number="7", act="take").status_code == 404
    assert act(ada, "exercise_turn", number=str(uuid4()), act="take").status_code == 404
