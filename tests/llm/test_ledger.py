"""The budget holds, whoever asks at once, whatever dies, whatever a server says it used."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.db.models import Sum

from countersign.common import clock
from countersign.llm import ledger
from countersign.llm.connections import Connection, Role
from countersign.llm.gateway import Allowance, ask
from countersign.llm.ledger import Reservation, Spender, Used
from countersign.llm.models import Call, Purse
from countersign.llm.trouble import ModelAway, Trouble
from tests.llm.server import ModelServer, answers, completion, says, slowly
from tests.llm.test_gateway import a_question, the_connection

SOMEONE = Spender(learner=uuid4(), cohort=uuid4(), organisation=uuid4(), about=uuid4())
HERE = Connection(provider="openai", base_url="http://127.0.0.1/v1", model="m")


@pytest.fixture(autouse=True)
def small_limits(settings: Any) -> None:
    settings.LLM_LIMITS = {
        "learner": (10, 100_000),
        "cohort": (50, 1_000_000),
        "site": (100, 1_000_000),
    }


def reserve(tokens: int = 500, spender: Spender = SOMEONE) -> Reservation:
    return ledger.reserve(
        spender=spender, connection=HERE, role=Role.COACH, prompt="", tokens=tokens
    )


def someone_else() -> Spender:
    return Spender(learner=uuid4(), cohort=SOMEONE.cohort, organisation=SOMEONE.organisation)


@pytest.fixture
def threads_that_close() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(50) as pool:
        yield pool


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_make_no_more_calls_than_the_budget_has(
    model: ModelServer, threads_that_close: ThreadPoolExecutor
) -> None:
    model.plays(slowly(says("here"), 0.05))
    question = a_question(spender=SOMEONE)
    where = the_connection()

    def one(_: int) -> str:
        try:
            return ask(question, connection=where, allowance=Allowance()).text
        except ModelAway as away:
            return away.trouble.value
        finally:
            connections.close_all()

    got = list(threads_that_close.map(one, range(50)))

    assert got.count("here") == len(model.requests) == 10
    assert got.count("budget_learner") == 40
    assert {purse.calls for purse in Purse.objects.all()} == {10}


@pytest.mark.django_db
def test_the_learners_limit_of_today_ends_and_others_go_on() -> None:
    for _ in range(10):
        reserve()
    with pytest.raises(ModelAway) as away:
        reserve()
    assert away.value.trouble is Trouble.BUDGET_LEARNER
    reserve(spender=someone_else())


@pytest.mark.django_db
def test_a_refusal_takes_nothing_out_of_any_purse() -> None:
    for _ in range(10):
        reserve()
    before = list(Purse.objects.order_by("pk").values_list("calls", "tokens"))
    with pytest.raises(ModelAway):
        reserve()
    assert list(Purse.objects.order_by("pk").values_list("calls", "tokens")) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "trouble"),
    [("cohort", Trouble.BUDGET_COHORT), ("site", Trouble.BUDGET_SITE)],
)
def test_each_limit_says_whose_it_is(settings: Any, scope: str, trouble: Trouble) -> None:
    settings.LLM_LIMITS = settings.LLM_LIMITS | {scope: (1, 1000)}
    reserve()
    with pytest.raises(ModelAway) as away:
        reserve(spender=someone_else())
    assert away.value.trouble is trouble


@pytest.mark.django_db
def test_tokens_are_limited_as_calls_are(settings: Any) -> None:
    settings.LLM_LIMITS = settings.LLM_LIMITS | {"learner": (10, 1200)}
    reserve(500)
    reserve(500)
    with pytest.raises(ModelAway):
        reserve(500)


@pytest.mark.django_db
def test_what_was_not_used_is_given_back() -> None:
    ledger.settle(reserve(500), Used(outcome="ok", milliseconds=9, tokens_in=90, tokens_out=10))
    assert {purse.tokens for purse in Purse.objects.all()} == {100}


@pytest.mark.django_db
def test_settling_twice_gives_back_once() -> None:
    reservation = reserve(500)
    for _ in range(2):
        ledger.settle(reservation, Used(outcome="ok", milliseconds=9, tokens_in=90, tokens_out=10))
    assert {purse.tokens for purse in Purse.objects.all()} == {100}


USAGES = {
    "missing": None,
    "null": {"prompt_tokens": None, "completion_tokens": None},
    "negative": {"prompt_tokens": -5, "completion_tokens": -5},
    "huge": {"prompt_tokens": 10**15, "completion_tokens": 1},
    "text": {"prompt_tokens": "many", "completion_tokens": "few"},
    "true": {"prompt_tokens": True, "completion_tokens": True},
    "a list": [1, 2],
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", USAGES)
def test_senseless_usage_counts_as_all_that_was_reserved(model: ModelServer, name: str) -> None:
    model.plays(answers(completion("here", usage=USAGES[name])))
    assert ask(a_question(), connection=the_connection(), allowance=Allowance()).text == "here"
    call = Call.objects.get()
    assert call.tokens_counted == call.tokens_reserved
    assert {purse.tokens for purse in Purse.objects.all()} == {call.tokens_reserved}


@pytest.mark.django_db
def test_what_a_crash_leaves_open_stays_counted() -> None:
    reserve(500)
    Call.objects.update(at=clock.now() - timedelta(minutes=10))
    assert ledger.close_lost() == 1
    assert Call.objects.get().state == "lost"
    assert {purse.tokens for purse in Purse.objects.all()} == {500}


@pytest.mark.django_db
def test_the_purses_are_what_the_calls_come_to() -> None:
    for tokens in (300, 400, 500):
        reservation = reserve(tokens)
        if tokens != 400:
            used = Used(outcome="ok", milliseconds=1, tokens_in=10, tokens_out=tokens)
            ledger.settle(reservation, used)
    total = Call.objects.aggregate(tokens=Sum("tokens_counted"))["tokens"]
    assert {purse.tokens for purse in Purse.objects.all()} == {total}


@pytest.mark.django_db
def test_nobody_can_be_told_from_the_books() -> None:
    learner = SOMEONE.learner
    assert isinstance(learner, UUID)
    reserve()
    written = str([*Call.objects.values(), *Purse.objects.values()])
    assert str(learner) not in written
    assert learner.hex not in written
