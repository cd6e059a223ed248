"""Comments on the submission's page, the library's page, and what the learner reads of them."""

from __future__ import annotations

import pytest
from django.test import Client

from countersign.coaching import library
from countersign.coaching.models import CommentKind, InstructorComment, LibraryComment
from countersign.grading.models import Result
from countersign.submissions.models import Notice
from tests.cast import RIGHT, Cast
from tests.html import ids_twice, unclosed
from tests.work import graded

ATTEMPT = "/learn/just-enough-python/first-steps/ticket-price-1/attempts/1/"


@pytest.fixture
def result(people: Cast) -> Result:
    return graded(people.ada_place, people.version, 50.0, RIGHT)


@pytest.fixture
def ben(people: Cast, client: Client) -> Client:
    client.force_login(people.ben)
    return client


def page_of(result: Result) -> str:
    return f"/teach/submissions/{result.submission_id}/"


def test_a_comment_on_a_line_reaches_the_learner_and_is_told(
    people: Cast, ben: Client, result: Result
) -> None:
    ben.post(
        f"{page_of(result)}comment/",
        {"text": "Which age is the last?", "kind": "essential", "line": "2"},
    )
    assert "line 2" in ben.get(page_of(result)).content.decode()
    ada = Client()
    ada.force_login(people.ada)
    assert "Your instructor wrote about it" in ada.get("/learn/").content.decode()
    notice = Notice.objects.visible_to(people.ada).get()
    assert ada.post(f"/learn/news/{notice.pk}/").headers["Location"] == ATTEMPT
    read = ada.get(ATTEMPT).content.decode()
    assert "Which age is the last?" in read
    assert "Has to change" in read
    assert "line 2" in read
    assert "New for you" not in ada.get("/learn/").content.decode()


def test_nobody_reads_a_notice_of_somebody_else(people: Cast, ben: Client, result: Result) -> None:
    ben.post(f"{page_of(result)}comment/", {"text": "Which age?"})
    notice = Notice.objects.visible_to(people.ada).get()
    for other in (people.zoe, people.nur, people.ben):
        client = Client()
        client.force_login(other)
        assert client.post(f"/learn/news/{notice.pk}/").status_code == 404
    assert Notice.objects.visible_to(people.ada).unseen().exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "Write a comment first."),
        ({"text": "Here.", "line": "99"}, "no such line"),
        ({"text": "Here.", "line": "²"}, "no such line"),
        ({"text": "Here.", "line": "2", "file": "../x"}, "no such line"),
        ({"text": "a\x00b"}, "can’t be kept"),
        ({"text": "{name} here", "parameter-name": ""}, "Fill in {name} first."),
        ({"text": "Words.", "keep_as": "a-b"}, "Name it with letters"),
    ],
)
def test_what_cannot_be_sent_is_said_and_stays_in_the_form(
    ben: Client, result: Result, sent: dict[str, str], said: str
) -> None:
    answer = ben.post(f"{page_of(result)}comment/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not InstructorComment.objects.exists()
    assert not LibraryComment.objects.exists()


def test_a_comment_of_the_library_is_filled_in_and_sent(
    people: Cast, ben: Client, result: Result
) -> None:
    form = ben.get(f"{page_of(result)}?use=clear_names").content.decode()
    assert 'name="parameter-name"' in form
    assert unclosed(form) == ids_twice(form) == []
    ben.post(
        f"{page_of(result)}comment/",
        {
            "text": "{name} says what it holds.", "key": "clear_names", "kind": "celebratory",
            "parameter-name": "price",
        },
    )  # fmt: skip
    comment = InstructorComment.objects.get()
    assert (comment.text, comment.key) == ("price says what it holds.", "clear_names")


def test_a_comment_can_be_kept_in_the_library_while_it_is_sent(
    people: Cast, ben: Client, result: Result
) -> None:
    ben.post(
        f"{page_of(result)}comment/",
        {"text": "Read rule two.", "keep_as": "rule two", "kind": "actionable"},
    )
    found = library.find(people.northgate, "rule_two")
    assert found is not None
    assert (found.text, found.kind) == ("Read rule two.", CommentKind.ACTIONABLE)


def test_a_comment_can_be_withdrawn_by_those_who_teach_there_alone(
    people: Cast, ben: Client, result: Result
) -> None:
    ben.post(f"{page_of(result)}comment/", {"text": "Which age?"})
    address = f"/teach/comments/{InstructorComment.objects.get().pk}/withdraw/"
    nur = Client()
    nur.force_login(people.nur)
    assert nur.post(address).status_code == 404
    assert ben.get(address).status_code == 405
    ben.post(address)
    assert "Which age?" not in ben.get(page_of(result)).content.decode()


def test_the_library_page_keeps_and_retires(people: Cast, ben: Client) -> None:
    keep = f"/teach/library/{people.northgate.pk}/keep/"
    ben.post(keep, {"key": "rule_two", "kind": "essential", "text": "Read rule {n}."})
    page = ben.get("/teach/library/").content.decode()
    assert "rule_two" in page
    assert unclosed(page) == ids_twice(page) == []
    ben.post(f"/teach/library/{people.northgate.pk}/retire/", {"key": "rule_two"})
    assert "rule_two" not in ben.get("/teach/library/").content.decode()


def test_what_the_library_does_not_take_stays_in_the_form(people: Cast, ben: Client) -> None:
    answer = ben.post(
        f"/teach/library/{people.northgate.pk}/keep/", {"key": "fine", "text": "One { brace."}
    )
    assert answer.status_code == 422
    assert "One { brace." in answer.content.decode()


def test_the_library_of_another_organisation_is_closed(people: Cast, ben: Client) -> None:
    for verb in ("keep", "retire"):
        address = f"/teach/library/{people.elsewhere.pk}/{verb}/"
        assert ben.post(address, {"key": "rule_two", "text": "Words."}).status_code == 404
    assert not LibraryComment.objects.exists()
