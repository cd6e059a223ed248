"""The page of a program that is built in turns, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from countersign.grading import services
from countersign.grading.services import build_checks, work
from countersign.llm import jobs
from countersign.submissions.models import BuildTurn, CheckRun, Draft, Submission
from tests.build import ASK, FINISHED, REPORT, STARTER, SUM, build_version
from tests.cast import Cast, a_release
from tests.llm.server import ModelServer, refuses, says_json

AT = {"course": "just-enough-python", "unit": "first-steps", "slug": "ticket-price-1"}
CHANGE = says_json({"says": "All done.", "files": [{"path": "invoices.py", "text": FINISHED}]})


@pytest.fixture(autouse=True)
def a_sandbox_that_closes() -> Iterator[None]:
    yield
    work.close_tools()


def desk(people: Cast, **options: Any) -> Client:
    people.cohort.release = a_release(build_version(**options))
    people.cohort.save()
    client = Client()
    client.force_login(people.ada)
    return client


@pytest.fixture
def ada(people: Cast) -> Client:
    """Ada where she may build."""
    return desk(people)


def at_hand() -> str:
    draft = Draft.objects.first()
    return draft.answer["files"]["invoices.py"] if draft else STARTER


def post(client: Client, name: str, **fields: Any) -> Any:
    draft = Draft.objects.first()
    return client.post(
        reverse(name, kwargs=AT),
        {
            "file:invoices.py": at_hand(),
            "revision": draft.revision if draft else 0,
            "key": str(uuid4()),
            **fields,
        },
    )


def act(client: Client, act: str, **fields: Any) -> Any:
    return post(client, "exercise_build", act=act, **fields)


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("step", kwargs=AT) + query).content.decode()


def built(client: Client, *requests: str) -> None:
    for request in requests:
        act(client, "ask", request=request)
        act(client, "accept")


def test_a_drill_is_declared_before_anything_is_built(ada: Client) -> None:
    text = page(ada)

    assert "A drill is hidden in here" in text
    assert "8 of 8 changes left" in text
    assert "returned goods count as bought" not in text


def test_a_change_is_read_and_decided_on(ada: Client) -> None:
    response = act(ada, "ask", request=SUM)
    text = page(ada)

    assert response.status_code == 302
    assert "A change to decide on" in text
    assert "def expected(invoice):" in text
    assert "Accept the change" in text
    assert 'name="request"' not in text


def test_there_is_one_filled_button_at_a_time(ada: Client) -> None:
    before = page(ada).count('btn go"')
    act(ada, "ask", request=SUM)

    assert (before, page(ada).count('btn go"')) == (1, 1)


def test_what_could_not_be_read_is_named(ada: Client) -> None:
    built(ada, SUM)
    act(ada, "ask", request="What about a line with no price?")
    text = page(ada)

    assert "One decision could not be read" in text
    assert "a line without a price" in text
    assert "It used none of your changes." in text


def test_checks_show_what_each_gave(ada: Client) -> None:
    act(ada, "ask", request="Write expected(invoice), add up the lines.")
    response = post(ada, "exercise_checks", check=["two-lines", "sample"], own="expected({}) == 1")
    waiting = page(ada)
    build_checks.run(CheckRun.objects.unscoped().get().pk)
    text = page(ada)

    assert response.url.endswith("?pane=checks#checks")
    assert "Your checks are running." in waiting
    assert "1 of 3 held" in text
    assert "TypeError" in text


def test_a_check_must_be_chosen(ada: Client) -> None:
    response = post(ada, "exercise_checks", request="half a request")

    assert response.status_code == 409
    assert "Choose at least one check" in response.content.decode()
    assert "half a request" in response.content.decode()


def test_scripts_get_the_checks_alone_and_stop_asking(ada: Client) -> None:
    act(ada, "ask", request=SUM)
    address = reverse("exercise_checks", kwargs=AT)
    draft = Draft.objects.get()
    ada.post(
        address,
        {"file:invoices.py": at_hand(), "revision": draft.revision, "check": "two-lines"},
        headers={"HX-Request": "true"},
    )
    waiting = ada.get(address)
    build_checks.run(CheckRun.objects.unscoped().get().pk)
    done = ada.get(address)

    assert (waiting.status_code, done.status_code) == (200, 286)
    assert "<html" not in done.content.decode()


def test_an_undone_drill_is_told(ada: Client) -> None:
    built(ada, SUM, ASK)
    act(ada, "ask", request=REPORT)
    hidden = page(ada)
    act(ada, "undo")
    text = page(ada)

    assert "returned goods count as bought" not in hidden
    assert "That was a drill" in text
    assert "returned goods count as bought" in text


def test_an_accepted_drill_is_kept_quiet_until_the_result(ada: Client) -> None:
    built(ada, SUM, ASK, REPORT)
    quiet = page(ada)
    post(ada, "exercise_submit")
    services.grade_next()
    text = page(ada, "?pane=result")

    assert "returned goods count as bought" not in quiet
    assert "Turn by turn" in text
    assert "returned goods count as bought" in text
    assert "let in" in text
    assert "Accepted without running a check on it." in text


def test_the_cap_is_said_and_one_may_start_over(people: Cast) -> None:
    client = desk(people, turns=4)
    for _ in range(4):
        act(client, "ask", request=SUM)
        act(client, "undo")
    full = page(client)
    act(client, "start_over")

    assert "You’ve had all changes of this session" in full
    assert "4 of 4 changes left" in page(client)


def test_a_refused_act_keeps_what_was_typed(ada: Client) -> None:
    act(ada, "ask", request=SUM)
    response = act(ada, "ask", request=ASK)

    assert response.status_code == 409
    assert "Accept or undo the change that is here first." in response.content.decode()


def test_another_tab_is_told_of(ada: Client) -> None:
    act(ada, "ask", request=SUM)
    response = act(ada, "accept", revision=0, **{"file:invoices.py": "x = 1\n"})

    assert response.status_code == 409
    assert "another tab" in response.content.decode()
    assert BuildTurn.objects.unscoped().get().state == "open"


def test_a_save_on_the_way_is_no_other_tab(ada: Client) -> None:
    post(ada, "exercise_draft")
    response = act(ada, "ask", request=SUM, revision=0)

    assert response.status_code == 302


def test_an_open_change_is_said_when_it_is_handed_in(ada: Client) -> None:
    act(ada, "ask", request=SUM)
    post(ada, "exercise_submit")
    services.grade_next()

    assert "A change is still open" in page(ada, "?pane=result")


def test_a_finished_program_passes_and_says_so(ada: Client) -> None:
    built(ada, SUM, ASK)
    act(ada, "ask", request=REPORT)
    act(ada, "undo")
    built(ada, REPORT)
    response = post(ada, "exercise_submit")
    services.grade_next()
    text = page(ada, "?pane=result")

    assert "?pane=result" in response.url
    assert Submission.objects.unscoped().get().results.get().score == 100
    assert "Every milestone is in place" in text
    assert "caught" in text


def test_whoever_teaches_reads_the_session_too(ada: Client, people: Cast) -> None:
    built(ada, SUM, ASK, REPORT)
    post(ada, "exercise_submit")
    services.grade_next()
    ben = Client()
    ben.force_login(people.ben)
    submission = Submission.objects.unscoped().get()
    text = ben.get(reverse("teach_submission", args=[submission.pk])).content.decode()

    assert "The session" in text
    assert "returned goods count as bought" in text
    assert "&#x27;engine&#x27;" not in text


def test_an_earlier_attempt_is_told_turn_by_turn(ada: Client) -> None:
    built(ada, SUM)
    post(ada, "exercise_submit")
    services.grade_next()
    text = ada.get(reverse("attempt", kwargs={**AT, "number": 1})).content.decode()

    assert "Turn by turn" in text
    assert "def expected" in text


def test_a_model_may_write_and_is_waited_for(ada: Client, model: ModelServer) -> None:
    model.plays(CHANGE)
    act(ada, "ask", request="Write it all.", engine="live")
    address = reverse("exercise_build", kwargs=AT)
    script = {"HX-Request": "true"}
    waiting, first = page(ada), ada.get(address, headers=script)
    jobs.work_next()
    then = ada.get(address, headers=script)

    assert "The model is writing" in waiting
    assert "HX-Redirect" not in first.headers
    assert then.headers["HX-Redirect"].endswith("#turn")
    assert "All done." in page(ada)


def test_a_model_that_is_away_is_said(ada: Client, model: ModelServer) -> None:
    model.plays(refuses(401))
    act(ada, "ask", request=SUM, engine="live")
    jobs.work_next()

    assert "The model was away" in page(ada)


def test_work_without_help_offers_no_model(people: Cast, model: ModelServer) -> None:
    client = desk(people, aided=False)
    act(client, "ask", request=SUM, engine="live")

    assert "Who writes in this session" not in page(client)
    assert BuildTurn.objects.unscoped().get().engine.startswith("practice")
    assert model.requests == []


@pytest.mark.parametrize("name", ["exercise_build", "exercise_checks"])
def test_other_kinds_have_none_of_this(people: Cast, name: str) -> None:
    client = Client()
    client.force_login(people.ada)

    assert client.post(reverse(name, kwargs=AT), {"act": "ask"}).status_code == 404


def test_hostile_words_and_names_stay_words(ada: Client) -> None:
    act(ada, "ask", request="<script>alert(1)</script> add up the lines")
    text = page(ada)

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
