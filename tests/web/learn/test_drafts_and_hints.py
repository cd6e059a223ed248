"""What is typed is kept, two tabs are told apart, hints open one at a time."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.coaching.models import HintTaken
from countersign.cohorts.models import Cohort
from countersign.submissions.models import Draft
from tests.cast import WRONG, Cast, a_release, a_version
from tests.web.learn.conftest import EXERCISE, form
from tests.work import graded

JSON = {"Accept": "application/json"}


def save(browser: Client, code: str, revision: int) -> tuple[int, dict[str, object]]:
    sent = form(code, revision=str(revision))
    answer = browser.post(f"{EXERCISE}draft/", sent, headers=JSON)
    return answer.status_code, answer.json()


def test_a_draft_comes_back_with_the_page(ada: Client) -> None:
    assert save(ada, "half = 1", 0)[0] == 200
    text = ada.get(EXERCISE).content.decode()
    assert "half = 1" in text
    assert 'name="revision" value="1"' in text


def test_each_save_moves_the_revision_on(ada: Client) -> None:
    assert save(ada, "a = 1", 0)[1]["revision"] == 1
    assert save(ada, "a = 2", 1)[1]["revision"] == 2


def test_the_older_tab_is_told_and_nothing_is_overwritten(ada: Client) -> None:
    save(ada, "a = 1", 0)
    save(ada, "a = 2", 1)
    status, told = save(ada, "a = 3", 1)
    assert status == 409
    assert told["revision"] == 2
    assert "another tab" in str(told["words"])
    assert Draft.objects.get().answer["files"]["solution.py"] == "a = 2"


def test_the_older_tab_may_keep_its_own(ada: Client) -> None:
    save(ada, "a = 1", 0)
    save(ada, "a = 2", 1)
    _, told = save(ada, "a = 3", 1)
    assert save(ada, "a = 3", int(str(told["revision"])))[0] == 200


def test_without_scripts_a_draft_is_saved_by_a_button(ada: Client) -> None:
    answer = ada.post(f"{EXERCISE}draft/", form("a = 1"))
    assert answer["Location"] == EXERCISE


def test_text_that_cannot_be_kept_is_said(ada: Client) -> None:
    assert save(ada, "\x00", 0)[0] == 422


def test_a_newer_hand_in_stands_before_an_older_draft(ada: Client) -> None:
    save(ada, "draft = 1", 0)
    ada.post(f"{EXERCISE}submit/", form("handed_in = 1"))
    assert "handed_in = 1" in ada.get(EXERCISE).content.decode()


def test_no_hint_is_on_the_page_until_it_is_asked_for(ada: Client) -> None:
    text = ada.get(EXERCISE).content.decode()
    assert "Show hint 1 of 3" in text
    assert "Read the second rule once more." not in text


def test_a_hint_says_first_what_it_changes(ada: Client) -> None:
    assert "doesn’t lower your score" in ada.get(EXERCISE).content.decode()


def test_one_hint_opens_and_the_next_waits_for_a_try(ada: Client, people: Cast) -> None:
    ada.post(f"{EXERCISE}hint/")
    ada.post(f"{EXERCISE}hint/")
    assert HintTaken.objects.count() == 1
    text = ada.get(EXERCISE).content.decode()
    assert "Read the second rule once more." in text
    assert "opens after a new try" in text
    graded(people.ada_place, people.version, 40.0, WRONG)
    assert "Show hint 2 of 3" in ada.get(EXERCISE).content.decode()


def test_work_without_help_has_no_hints(ada: Client, people: Cast) -> None:
    alone = a_release(a_version(aided=False))
    Cohort.objects.visible_to(people.ben).update(release=alone)
    assert "so it has no hints" in ada.get(EXERCISE).content.decode()
    ada.post(f"{EXERCISE}hint/")
    assert not HintTaken.objects.exists()


def test_a_hint_for_a_script_is_the_part_alone(ada: Client) -> None:
    text = ada.post(f"{EXERCISE}hint/", headers={"HX-Request": "true"}).content.decode()
    assert text.strip().startswith('<section id="hints"')
    assert "Read the second rule once more." in text


@pytest.mark.parametrize("act", ["submit", "draft", "hint", "stop", "again"])
def test_a_look_changes_nothing(ada: Client, act: str) -> None:
    assert ada.get(f"{EXERCISE}{act}/").status_code == 405
