"""The coach on the page: every state in words, and the learner's say in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from countersign.coaching.equal_work import comment_on
from countersign.coaching.models import Feedback
from countersign.common import clock
from countersign.events import outbox
from countersign.llm import jobs
from tests.cast import WRONG, Cast, a_release, a_version
from tests.coaching.test_feedback import GOOD, ISSUE, coached, failed
from tests.llm.server import ModelServer, refuses, says_json
from tests.work import hand_in, settled, verdict

AT = {"course": "just-enough-python", "unit": "first-steps", "slug": "ticket-price-1"}


@pytest.fixture
def ada(people: Cast) -> Client:
    client = Client()
    client.force_login(people.ada)
    return client


def page(client: Client) -> str:
    return client.get(reverse("step", kwargs=AT)).content.decode()


def test_a_models_question_is_labelled_as_what_it_is(
    people: Cast, ada: Client, model: ModelServer
) -> None:
    model.plays(GOOD)
    coached(people)
    said = page(ada)
    assert ISSUE["question"] in said
    assert "AI-made: it may be wrong, and it doesn’t change your result." in said
    assert "Live model: scripted" in said


def test_while_it_is_written_the_page_asks_again_and_then_stops(
    people: Cast, ada: Client, model: ModelServer
) -> None:
    model.plays(GOOD)
    failed(people)
    assert "A model is reading your work." in page(ada)
    part = reverse("exercise_coach", kwargs=AT)
    assert ada.get(part).status_code == 200
    jobs.work_next()
    answer = ada.get(part)
    assert answer.status_code == 286
    assert ISSUE["question"] in answer.content.decode()


WORDS: dict[str, tuple[Any, str]] = {
    "away": (refuses(503), "Your result stands"),
    "nothing": (says_json({"issues": []}), "had no question beyond what stands above"),
    "withheld": (
        says_json({"issues": [ISSUE | {"happens": "Your code is correct."}]}),
        "our checks kept it back",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_each_state_has_its_words(people: Cast, ada: Client, model: ModelServer, name: str) -> None:
    move, words = WORDS[name]
    model.plays(move)
    assert coached(people).state == name
    assert words in page(ada)


def test_a_used_up_budget_is_said(
    people: Cast, ada: Client, model: ModelServer, settings: Any
) -> None:
    settings.LLM_LIMITS = settings.LLM_LIMITS | {"learner": (0, 0)}
    coached(people)
    assert "You’ve used today’s calls to the live model." in page(ada)


def test_without_a_model_the_page_says_so_and_is_whole(people: Cast, ada: Client) -> None:
    failed(people)
    said = page(ada)
    assert "No model comments here, since none is set up." in said
    assert "What to work on" in said


def test_feedback_that_never_came_is_late_within_a_minute(
    people: Cast, ada: Client, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed(people)
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Nothing here took the request to the live model in time." in page(ada)


def test_an_instructors_comment_stands_first_and_has_a_name(people: Cast, ada: Client) -> None:
    first = hand_in(people.ada_place, people.version, WRONG)
    comment_on(first, text="Look at the word “to”.", author=people.ben)
    settled(first, verdict(50.0))
    said = page(ada)
    assert "Look at the word “to”." in said
    assert "Written by Ben" in said


def test_the_learner_rates_contests_and_hides_it(
    people: Cast, ada: Client, model: ModelServer
) -> None:
    model.plays(GOOD)
    coached(people)
    say = reverse("exercise_coach_say", kwargs=AT)
    ada.post(say, {"act": "useful"})
    assert "You found this useful." in page(ada)
    ada.post(say, {"act": "contest", "why": "The brief says under 12."})
    assert "Your instructor will look at it." in page(ada)
    ada.post(say, {"act": "report"})
    said = page(ada)
    assert ISSUE["question"] not in said
    assert "You reported what a model wrote here." in said
    assert Feedback.objects.unscoped().get().contest == "The brief says under 12."


def test_an_instructor_decides_and_the_learner_reads_it(
    people: Cast, ada: Client, model: ModelServer
) -> None:
    model.plays(GOOD)
    found = coached(people)
    ada.post(reverse("exercise_coach_say", kwargs=AT), {"act": "contest", "why": "No."})
    ben = Client()
    ben.force_login(people.ben)
    assert "The learner is right" in ben.get(reverse("teach_coach")).content.decode()
    nur = Client()
    nur.force_login(people.nur)
    decide = reverse("teach_contest", args=[found.pk])
    assert nur.post(decide, {"agrees_with": "model"}).status_code == 404
    ben.post(decide, {"agrees_with": "learner"})
    assert "Your instructor agrees with you" in page(ada)


def test_an_instructor_words_a_comment_and_bad_words_are_refused(people: Cast) -> None:
    ben = Client()
    ben.force_login(people.ben)
    address = reverse("teach_coach_text", args=[people.northgate.pk])
    said = ben.post(address, {"key": "bare_except", "text": "Which {name}?"}, follow=True)
    assert "This comment knows these places to fill in: none." in said.content.decode()
    said = ben.post(address, {"key": "bare_except", "text": "Which one?"}, follow=True)
    assert "Which one?" in said.content.decode()
    other = reverse("teach_coach_text", args=[people.elsewhere.pk])
    assert ben.post(other, {"key": "bare_except", "text": "Mine"}).status_code == 404


def test_work_without_help_is_read_by_no_model(people: Cast, model: ModelServer) -> None:
    unaided = a_version(aided=False)
    a_release(unaided)
    settled(hand_in(people.ada_place, unaided, WRONG), verdict(50.0))
    outbox.deliver()
    assert Feedback.objects.unscoped().get().state == "unaided"
    assert model.requests == []
