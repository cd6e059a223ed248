"""What learners ask, grouped by its words: the same way each time, and giving nobody away."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from countersign.accounts.models import User
from countersign.coaching.asked import Question, asked_about, grouped, words_of
from countersign.coaching.models import Turn, TurnState
from countersign.cohorts.services import enrol
from countersign.submissions.services import open_attempt
from tests.cast import Cast, person

EDGE = "Why does the last age get the wrong price?"


def ask(people: Cast, text: str, learner: User | None = None) -> Turn:
    place = enrol(cohort=people.cohort, learner=learner) if learner else people.ada_place
    attempt = open_attempt(enrolment=place, version=people.version)
    turn: Turn = Turn.objects.unscoped().create(
        attempt=attempt,
        number=attempt.turns.count() + 1,
        asked=text,
        files={},
        state=TurnState.HERE,
    )
    return turn


def groups(*texts: str) -> list[list[str]]:
    learner = uuid4()
    return [
        [each.asked for each in group.questions]
        for group in grouped(Question(asked=text, learner=learner) for text in texts)
    ]


@pytest.mark.parametrize(
    "text",
    ["why DOES the last age get a wrong price", "The last ages: wrong prices?", EDGE.upper()],
)
def test_small_words_case_and_endings_make_no_difference(text: str) -> None:
    assert words_of(text) == words_of(EDGE)


def test_alike_questions_are_one_group_and_others_are_not() -> None:
    other = "What is a tuple?"
    assert groups(EDGE, other, "wrong price for last age") == [
        [EDGE, "wrong price for last age"],
        [other],
    ]


def test_questions_without_words_are_a_group_of_their_own() -> None:
    assert groups("?", EDGE, "what is it") == [["?", "what is it"], [EDGE]]


def test_the_same_questions_make_the_same_groups() -> None:
    texts = [EDGE, "How do I loop?", "loop over ages", "the last age", "looping over age list"]
    assert groups(*texts) == groups(*texts)


def a_group(people: int, *, times: int = 1) -> list[Question]:
    learners = [UUID(int=number) for number in range(people)]
    return [Question(asked=EDGE, learner=each) for each in learners for _ in range(times)]


def test_a_group_of_four_shows_no_question_however_often_they_asked() -> None:
    (group,) = grouped(a_group(4, times=9))
    assert (group.is_small, group.example, group.number) == (True, "", 36)
    assert group.topics("The last Prices") == ["last", "prices"]


def test_a_group_of_five_shows_its_shortest_question() -> None:
    short = Question(asked="last age wrong price", learner=UUID(int=1))
    (group,) = grouped([*a_group(5), short])
    assert (group.example, group.people) == ("last age wrong price", 5)


def test_one_sees_what_was_asked_where_one_teaches_without_ones_own(people: Cast) -> None:
    ask(people, EDGE)
    ask(people, "My own question?", people.ben)
    assert [(each.title, each.number) for each in asked_about(people.ben)] == [("Ticket price", 1)]
    assert asked_about(people.nur) == asked_about(people.zoe) == asked_about(people.eve) == []


def test_the_page_names_nobody_and_hides_the_words_of_few(people: Cast, client: Client) -> None:
    ask(people, "Zanzibar confuses me")
    client.force_login(people.ben)
    page = client.get("/teach/coach/asked/").content.decode()
    assert "Ada" not in page
    assert "anzibar" not in page
    assert "Other questions" in page
    for number in range(5):
        ask(people, EDGE, person(f"Learner{number}"))
    page = client.get("/teach/coach/asked/").content.decode()
    assert "Why does the last age" in page
    assert "asked by 5 people" in page
    assert "Learner" not in page


def test_of_few_only_the_authors_words_are_shown(people: Cast) -> None:
    ask(people, "Tickets for my daughter Ines?")
    ask(people, "ticket, Tomasz said")
    (about,) = asked_about(people.ben)
    assert [(line.number, line.topics, line.example) for line in about.lines] == [
        (2, ("ticket",), "")
    ]


def test_an_empty_page_says_so(people: Cast, client: Client) -> None:
    client.force_login(people.ben)
    assert "Nobody has asked anything yet" in client.get("/teach/coach/asked/").content.decode()
