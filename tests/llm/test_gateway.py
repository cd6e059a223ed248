"""Asking a model over real HTTP: what comes back, what is kept, what is never sent."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel

from countersign.common.outbound import Deadline
from countersign.llm import gateway
from countersign.llm.connections import Connection, Role, connection
from countersign.llm.gateway import Allowance, Question, ask
from countersign.llm.ladder import structured
from countersign.llm.ledger import Spender
from countersign.llm.models import Call, Endpoint
from countersign.llm.replies import Reply
from countersign.llm.trouble import ModelAway, Trouble
from tests.llm.server import ModelServer, hangs, refuses, says, says_json

pytestmark = pytest.mark.django_db


class Tip(BaseModel):
    question: str
    line: int


def a_question(**changes: Any) -> Question:
    fields: dict[str, Any] = {
        "role": Role.COACH,
        "system": "You coach.",
        "texts": ("def f(): pass",),
        "spender": Spender(learner=uuid4(), cohort=uuid4(), organisation=uuid4(), about=uuid4()),
        "prompt": "coach/v1",
    }
    return Question(**(fields | changes))


def the_connection() -> Connection:
    found = connection(Role.COACH, None)
    assert found is not None
    return found


def asked(question: Question | None = None, allowance: Allowance | None = None) -> Reply:
    return ask(
        question or a_question(),
        connection=the_connection(),
        allowance=allowance or Allowance(),
    )


def tip(allowance: Allowance | None = None) -> Tip:
    found, _ = structured(
        a_question(), Tip, connection=the_connection(), allowance=allowance or Allowance()
    )
    return found


def test_a_reply_and_its_cost_are_kept_without_a_word_of_it(model: ModelServer) -> None:
    model.plays(says("Which age is the last one?"))

    reply = asked()

    call = Call.objects.get()
    assert reply.text == "Which age is the last one?"
    assert (call.state, call.outcome, call.tokens_in, call.tokens_out) == ("settled", "ok", 100, 20)
    assert call.tokens_counted == 120
    assert "last one" not in str(Call.objects.values())


def test_the_key_goes_to_its_server_and_texts_into_messages_of_their_own(
    model: ModelServer,
) -> None:
    asked(a_question(texts=("first", "second")))

    request = model.requests[0]
    assert request.headers["authorization"] == "Bearer sk-test-the-sites-own-key"
    assert [each["role"] for each in request.body["messages"]] == ["system", "user", "user"]
    assert request.body["max_tokens"] == 800
    assert "tools" not in request.body


def test_without_a_model_there_is_no_connection(people: Any) -> None:
    assert connection(Role.COACH, people.northgate.pk) is None


def test_what_may_pass_is_tried_again(model: ModelServer, waits: list[float]) -> None:
    model.plays(refuses(429, Retry_After="2"), refuses(503), says("there"))

    assert asked().text == "there"
    assert waits[0] == 2
    assert Call.objects.count() == 3


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413])
def test_what_will_not_pass_is_tried_once(model: ModelServer, status: int) -> None:
    model.plays(refuses(status))

    with pytest.raises(ModelAway):
        asked()
    assert len(model.requests) == 1


@pytest.mark.parametrize("after", ["99999", "3600"])
def test_a_server_that_wants_us_to_wait_too_long_is_left_alone(
    model: ModelServer, waits: list[float], after: str
) -> None:
    model.plays(refuses(429, Retry_After=after))

    with pytest.raises(ModelAway) as away:
        asked()
    assert away.value.trouble is Trouble.BUSY
    assert waits == []
    assert len(model.requests) == 1


@pytest.mark.parametrize("after", ["-1", "soon", "Wed, 21 Oct 2015 07:28:00 GMT", "nan", "inf"])
def test_a_senseless_wait_is_our_own_short_one(
    model: ModelServer, waits: list[float], after: str
) -> None:
    model.plays(refuses(429, Retry_After=after), says("there"))

    assert asked().text == "there"
    assert 0 < waits[0] < 5


def test_a_server_that_hangs_is_left_when_time_is_over(model: ModelServer) -> None:
    model.plays(hangs)

    with pytest.raises(ModelAway) as away:
        asked(allowance=Allowance(deadline=Deadline.within(1.5)))
    assert away.value.trouble is Trouble.TIMED_OUT


def test_a_shape_is_asked_for_by_schema(model: ModelServer) -> None:
    model.plays(says_json({"question": "Which?", "line": 2}))

    assert tip() == Tip(question="Which?", line=2)
    assert model.requests[0].body["response_format"]["type"] == "json_schema"


def test_a_server_without_schemas_is_asked_otherwise_and_remembered(model: ModelServer) -> None:
    model.plays(
        refuses(400), refuses(400), says('Sure!\n```json\n{"question": "W", "line": 1}\n```')
    )

    assert tip().line == 1
    model.plays(says_json({"question": "W", "line": 3}))
    assert tip().line == 3
    assert "response_format" not in model.requests[0].body


def test_a_reply_of_another_shape_gets_one_chance_to_be_mended(model: ModelServer) -> None:
    model.plays(says("I think line two."), says_json({"question": "Which?", "line": 2}))

    assert tip().line == 2
    assert model.requests[1].body["messages"][-2]["content"] == "I think line two."


def test_whatever_happens_a_task_makes_three_calls_at_most(model: ModelServer) -> None:
    for script in ([refuses(400)], [says("no")], [refuses(500)], [refuses(422), says("x")]):
        model.plays(*script)
        Endpoint.objects.all().delete()
        with pytest.raises(ModelAway):
            tip()
        assert len(model.requests) <= 3


def test_an_address_that_fails_again_and_again_rests_and_is_probed_once(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.plays(refuses(500))
    for _ in range(2):
        with pytest.raises(ModelAway):
            asked()
    model.requests.clear()
    with pytest.raises(ModelAway) as away:
        asked()
    assert away.value.trouble is Trouble.RESTING
    assert model.requests == []

    model.plays(says("well again"))
    endpoint = Endpoint.objects.get()
    assert endpoint.open_until is not None
    Endpoint.objects.update(open_until=endpoint.last_failure_at)
    assert asked().text == "well again"
    assert Endpoint.objects.get().open_until is None


def test_a_refused_key_stops_everything_at_once(model: ModelServer) -> None:
    model.plays(refuses(401))
    with pytest.raises(ModelAway):
        asked()

    with pytest.raises(ModelAway) as away:
        asked()

    assert away.value.trouble is Trouble.RESTING
    assert away.value.says == "no_access"


def test_secrets_and_people_stay_here(model: ModelServer) -> None:
    text = (
        "key = 'sk-proj-abcdefghijklmnop1234'\nmail ada.lovelace@acme-corp.de or a@example.com\n"
        "call +44 20 7946 0958, ask Ada\nzero\u200bwidth\x07"
    )

    asked(a_question(texts=(text,), names=("Ada",)))

    sent = model.requests[0].text
    for secret in ("sk-proj", "lovelace", "7946", "Ada", "\\u200b", "\\u0007"):
        assert secret not in sent
    assert "a@example.com" in sent


def test_a_question_that_is_too_long_costs_nothing(model: ModelServer) -> None:
    with pytest.raises(ModelAway) as away:
        asked(a_question(texts=("x" * (gateway.LONGEST_QUESTION + 1),)))
    assert away.value.trouble is Trouble.TOO_LARGE
    assert model.requests == []
    assert not Call.objects.exists()
