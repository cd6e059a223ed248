"""Whom a list names, what is wrong with which row, and the messages that go out."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from countersign import audit
from countersign.cohorts.models import Enrolment, Invitation, Sharing
from countersign.cohorts.people_file import (
    FORMULA,
    HAS_A_PLACE,
    INVITED,
    MISSING,
    NO_ADDRESS,
    STRANGE,
    TOO_LONG,
    TWICE,
    Row,
    Unreadable,
    rows_of,
    text_of,
)
from countersign.cohorts.services import (
    InvitationClosed,
    invite_people,
    join,
    rows_to_invite,
    withdraw_invitation,
)
from countersign.events import outbox
from countersign.events.models import Delivery
from tests.cast import Cast, person

LINK = re.compile(r"/join/(join_[0-9a-f]+)/")


def read(text: str) -> list[tuple[str, str, str]]:
    return [(r.email, r.name, str(r.problem)) for r in rows_of(text, placed=(), invited=())]


@pytest.mark.parametrize(
    "text",
    [
        "email,name\ncleo@example.org,Cleo Marsh\n",
        "Name;E-Mail\r\nCleo Marsh;cleo@example.org\r\n",
        "\ufeffemail\tname\ncleo@example.org\tCleo Marsh",
        "Cleo Marsh, cleo@example.org",
        "\n\n  CLEO@example.org , Cleo Marsh \n\n",
        '"Cleo Marsh","cleo@example.org"',
        "email,name,team\ncleo@example.org,Cleo Marsh,Blue\n",
    ],
)
def test_a_list_is_understood_however_it_is_written(text: str) -> None:
    assert read(text) == [("cleo@example.org", "Cleo Marsh", "")]


def test_addresses_alone_are_enough() -> None:
    assert [email for email, _, _ in read("a@example.org\nb@example.org\n")] == [
        "a@example.org",
        "b@example.org",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",Cleo", MISSING),
        ("cleo,Cleo", NO_ADDRESS),
        ("cleo@,Cleo", NO_ADDRESS),
        ("cleo@example.org\u202e,Cleo", NO_ADDRESS),
        ('=cmd|"/c calc"!A1@example.org,Cleo', FORMULA),
        ('cleo@example.org,"=HYPERLINK(""x"")"', FORMULA),
        ("cleo@example.org,@SUM(A1)", FORMULA),
        (f"cleo@example.org,{'x' * 121}", TOO_LONG),
        ("cleo@example.org,Cleo\u202eMarsh", STRANGE),
        ("ADA@example.org,Ada", HAS_A_PLACE),
        ("bob@example.org,Bob", INVITED),
        ("dan@example.org,Dan again", TWICE),
    ],
)
def test_what_is_wrong_with_a_row_is_said_and_the_others_stand(row: str, problem: object) -> None:
    text = f"email,name\ndan@example.org,Dan\n{row}\neli@example.org,Eli\n"
    found = rows_of(text, placed={"ada@example.org"}, invited={"bob@example.org"})
    assert [str(each.problem) for each in found] == ["", str(problem), ""]
    assert found[1].number == 3


@pytest.mark.parametrize(
    "text",
    ["", "  \n \n", "email,name\n", 'a@example.org,"open', "a\x00b", "x" * 300_000,
     "\n".join(f"p{n}@example.org" for n in range(501))],
)  # fmt: skip
def test_what_is_no_list_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(Unreadable, match=r"\w"):
        rows_of(text, placed=(), invited=())


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "Zoë".encode("cp1252"), b"x" * 262_145])
def test_a_file_that_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"\w"):
        text_of(content)


def invited(people: Cast, *rows: Row) -> int:
    return invite_people(cohort=people.cohort, actor=people.ben, rows=rows)


CLEO = Row(number=1, email="cleo@example.org", name="Cleo Marsh")


def test_everyone_gets_a_link_of_their_own_that_works_once(people: Cast) -> None:
    assert invited(people, CLEO, Row(number=2, email="dan@example.org")) == 2
    outbox.deliver()
    assert [message.to for message in mail.outbox] == [["cleo@example.org"], ["dan@example.org"]]
    assert "Hello Cleo Marsh," in mail.outbox[0].body
    first, second = (LINK.search(str(message.body)) for message in mail.outbox)
    assert first
    assert second
    assert first[1] != second[1]
    join(token=first[1], learner=person("Cleo"), sharing=Sharing.PROGRESS)
    with pytest.raises(InvitationClosed):
        join(token=first[1], learner=person("Mallory"), sharing=Sharing.PROGRESS)
    assert Enrolment.objects.unscoped().filter(cohort=people.cohort).count() == 2


def test_the_token_is_stored_nowhere(people: Cast) -> None:
    invited(people, CLEO)
    outbox.deliver()
    found = LINK.search(str(mail.outbox[0].body))
    assert found
    row = Invitation.objects.unscoped().filter(email=CLEO.email).values().get()
    assert found[1] not in str(row)


def test_rows_with_a_problem_are_left_out(people: Cast) -> None:
    assert invited(people, Row(number=1, email="x", problem=NO_ADDRESS)) == 0
    assert not audit.Entry.objects.filter(action=audit.Action.PEOPLE_INVITED).exists()


def test_nothing_is_sent_for_a_link_that_was_withdrawn_meanwhile(people: Cast) -> None:
    invited(people, CLEO)
    invitation = Invitation.objects.unscoped().get(email=CLEO.email)
    withdraw_invitation(invitation=invitation, actor=people.ben)
    outbox.deliver()
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again_and_sends_once(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmailBackend, messages: object) -> int:
        raise OSError("no route to host")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        invited(people, CLEO)
        outbox.deliver()
    assert Invitation.objects.unscoped().get(email=CLEO.email).sent_at is None
    Delivery.objects.update(next_try_at="2020-01-01T00:00Z")
    outbox.deliver()
    Delivery.objects.update(next_try_at="2020-01-01T00:00Z", told_at=None)
    outbox.deliver()
    assert len(mail.outbox) == 1


def test_a_cohorts_name_makes_no_new_header(people: Cast) -> None:
    people.cohort.name = "Autumn\r\nBcc: all@example.org"
    people.cohort.save()
    invited(people, CLEO)
    outbox.deliver()
    assert mail.outbox[0].subject.startswith("Join Autumn Bcc")
    assert mail.outbox[0].recipients() == ["cleo@example.org"]


def test_those_with_a_place_or_an_open_invitation_are_told_apart(people: Cast) -> None:
    invited(people, CLEO)
    found = rows_to_invite(people.cohort, "ada@example.org\ncleo@example.org\nzoe@example.org")
    assert [str(row.problem) for row in found] == [str(HAS_A_PLACE), str(INVITED), ""]
