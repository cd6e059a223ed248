"""Handing code in on the page, and what the page says while it waits and afterwards."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from countersign.grading import services
from countersign.submissions.models import State, Submission
from grader.verdict import Problem, Status, Verdict
from tests.cast import RIGHT, WRONG, Cast
from tests.web.learn.conftest import EXERCISE, UNIT, form
from tests.work import CANARY, claimed, newest_run, settled, verdict

HTMX = {"HX-Request": "true"}


def newest() -> Submission:
    found: Submission = Submission.objects.unscoped().order_by("-received_at").get()
    return found


def submit(browser: Client, code: str = RIGHT) -> Submission:
    browser.post(f"{EXERCISE}submit/", form(code))
    return newest()


def page(browser: Client) -> str:
    return browser.get(EXERCISE).content.decode()


def test_before_anything_is_handed_in_the_page_says_what_submit_does(ada: Client) -> None:
    text = page(ada)
    assert "Submit your code when it does what the brief asks" in text
    assert "price(3)" in text
    assert "price(12)" not in text, "a hidden case is on the page"


def test_without_scripts_submit_leads_back_to_the_result(ada: Client) -> None:
    answer = ada.post(f"{EXERCISE}submit/", form())
    assert answer.status_code == 302
    assert answer["Location"] == f"{EXERCISE}#result-heading"
    assert newest().as_answer.files == {"solution.py": RIGHT}


def test_with_scripts_submit_answers_with_the_region_and_a_fresh_key(ada: Client) -> None:
    sent = form()
    text = ada.post(f"{EXERCISE}submit/", sent, headers=HTMX).content.decode()
    assert 'id="run"' in text
    assert f'hx-get="{EXERCISE}status/"' in text
    assert 'id="key"' in text
    assert sent["key"] not in text


def test_the_same_form_sent_twice_is_one_submission(ada: Client) -> None:
    sent = form()
    ada.post(f"{EXERCISE}submit/", sent)
    ada.post(f"{EXERCISE}submit/", sent)
    assert Submission.objects.unscoped().count() == 1


def test_an_old_copy_of_the_page_loses_nothing(ada: Client) -> None:
    key = str(uuid4())
    ada.post(f"{EXERCISE}submit/", form(RIGHT, key=key))
    answer = ada.post(f"{EXERCISE}submit/", form(WRONG, key=key))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "submitted before, with other work" in text
    assert "age &lt; 12" in text, "what was typed is gone"
    assert key not in text, "the next try would be refused again"


def test_a_third_waiting_submission_is_refused_with_the_reason_and_the_work(ada: Client) -> None:
    ada.post(f"{EXERCISE}submit/", form("a = 1"))
    ada.post(f"{EXERCISE}submit/", form("a = 2"))
    answer = ada.post(f"{EXERCISE}submit/", form("a = 3"))
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "a = 3" in answer.content.decode()
    assert "still waiting" in answer.content.decode()


def test_a_refusal_for_a_script_goes_to_its_own_place(ada: Client) -> None:
    for code in ("a = 1", "a = 2"):
        ada.post(f"{EXERCISE}submit/", form(code))
    answer = ada.post(f"{EXERCISE}submit/", form("a = 3"), headers=HTMX)
    assert answer["HX-Retarget"] == "#refusal"
    assert "still waiting" in answer.content.decode()


@pytest.mark.parametrize("code", ["a" * 600_000, "print('\x00')"])
def test_what_cannot_be_kept_comes_back_as_it_was_typed(ada: Client, code: str) -> None:
    answer = ada.post(f"{EXERCISE}submit/", form(code))
    assert answer.status_code == 422
    assert code[:5] in answer.content.decode()
    assert not Submission.objects.unscoped().exists()


def test_a_reload_while_the_run_waits_shows_that_it_waits(ada: Client) -> None:
    submit(ada)
    text = page(ada)
    assert "Your run is next" in text
    assert f'hx-get="{EXERCISE}status/"' in text
    assert "Stop this run" in text


def test_the_page_says_how_many_runs_are_ahead(ada: Client, people: Cast) -> None:
    other = Client()
    other.force_login(people.zoe)
    other.post(f"{EXERCISE}submit/", form())
    ada.post(f"{EXERCISE}submit/", form())
    assert "One run is ahead of yours" in page(ada)


def test_a_running_submission_says_so_and_goes_on_asking(ada: Client) -> None:
    claimed(newest_run(submit(ada)))
    answer = ada.get(f"{EXERCISE}status/")
    assert answer.status_code == 200
    assert "The checks are running" in answer.content.decode()


def test_the_last_answer_ends_the_asking(ada: Client) -> None:
    settled(submit(ada), verdict(100.0))
    answer = ada.get(f"{EXERCISE}status/")
    assert answer.status_code == 286
    assert "hx-get" not in answer.content.decode().split("result-head")[0]


def test_a_pass_names_the_score_and_the_way_on(ada: Client) -> None:
    settled(submit(ada), verdict(100.0))
    text = page(ada)
    assert "of 2 checks pass" in text
    assert "Back to the course" in text


def test_a_rule_that_does_not_hold_comes_with_its_question(ada: Client) -> None:
    settled(submit(ada, WRONG), verdict(60.0))
    text = page(ada)
    assert "Children up to 12 pay 5." in text
    assert "1 of 2 checks" in text
    assert "Which is the last age?" in text


@pytest.mark.parametrize("score", [100.0, 60.0])
def test_no_page_of_a_learner_shows_anything_hidden(ada: Client, score: float) -> None:
    settled(submit(ada, WRONG), verdict(score))
    addresses = (EXERCISE, "status/", "attempts/", "attempts/1/", "attempts/?compare=1&with=1")
    for address in addresses:
        full = address if address == EXERCISE else EXERCISE + address
        text = ada.get(full).content.decode()
        assert CANARY not in text, full
        assert "price(12)" not in text, full


def test_code_that_python_cannot_read_is_pointed_at_by_line(ada: Client) -> None:
    problem = Problem(
        code="syntax_error", message="Python expected a colon.", line=2, file="solution.py"
    )
    found = Verdict(status=Status.INVALID, problem=problem, engine="code@1")
    settled(submit(ada, "def price(age):\n    if age\n        return 5\n"), found)
    text = page(ada)
    assert "Python can’t read line 2" in text
    assert 'data-problem-line="2"' in text
    assert "doesn’t count as an attempt" in text


def test_code_that_nobody_has_changed_is_named_as_such(ada: Client) -> None:
    problem = Problem(code="unchanged", message="Nothing has changed yet.")
    settled(submit(ada, WRONG), replace(verdict(60.0), problem=problem))
    assert "Nothing has changed yet." in page(ada)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.TIMED_OUT, "so we stopped it"),
        (Status.OUT_OF_MEMORY, "of memory, so we stopped it"),
        (Status.OUTPUT_LIMIT, "so we stopped it"),
    ],
)
def test_a_stopped_run_says_why_and_what_is_safe(ada: Client, status: Status, words: str) -> None:
    settled(submit(ada), verdict(None, status=status))
    text = page(ada)
    assert words in text
    assert "Your code was saved at" in text


def test_when_no_sandbox_is_there_the_page_says_that_it_is_ours(ada: Client) -> None:
    run = newest_run(submit(ada))
    services.give_back(claimed(run), fault="no sandbox", counted=False)
    text = page(ada)
    assert "We can’t run code right now" in text
    assert f'hx-get="{EXERCISE}status/"' in text


def test_after_our_fault_the_learner_can_have_it_run_again(ada: Client) -> None:
    submission = submit(ada)
    for _ in range(5):
        services.give_back(claimed(newest_run(submission)), fault="boom")
    assert "There is a problem on our side" in page(ada)
    ada.post(f"{EXERCISE}again/")
    assert newest().state == State.QUEUED


def test_a_waiting_run_can_be_stopped(ada: Client) -> None:
    submit(ada)
    text = ada.post(f"{EXERCISE}stop/", headers=HTMX).content.decode()
    assert "You stopped this run" in text
    assert newest().state == State.CANCELLED


def test_looking_writes_nothing(ada: Client) -> None:
    page(ada)
    assert not Submission.objects.unscoped().exists()


def test_another_learners_work_is_never_shown(ada: Client, people: Cast) -> None:
    submit(ada, "secret = 'of Ada'")
    other = Client()
    other.force_login(people.zoe)
    assert "of Ada" not in page(other)
    assert other.get(f"{EXERCISE}attempts/1/").status_code == 404


def test_an_exercise_that_does_not_exist_is_a_404(ada: Client) -> None:
    assert ada.get(f"{UNIT}nowhere/").status_code == 404


def test_someone_without_a_place_is_shown_the_way_to_the_course(people: Cast) -> None:
    eve = Client()
    eve.force_login(people.eve)
    assert eve.get(EXERCISE)["Location"] == "/courses/just-enough-python/"
    assert eve.post(f"{EXERCISE}submit/", form()).status_code == 404
