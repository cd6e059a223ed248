"""Anyone may ask if a certificate is genuine, and gets a plain answer."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from countersign.credentials.models import Credential, Withdrawal
from countersign.credentials.services import review, withdraw
from tests.cast import Cast
from tests.work import graded


@pytest.fixture
def certificate(people: Cast) -> Credential:
    graded(people.ada_place, people.version)
    review(people.ada)
    found: Credential = Credential.objects.visible_to(people.ada).get()
    return found


def page(client: Client, code: str) -> str:
    return client.get(reverse("verify_code", args=[code])).content.decode()


def ask(client: Client, **fields: str) -> tuple[int, str]:
    answer = client.post(reverse("verify"), fields, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_genuine_one_says_who_and_what(client: Client, certificate: Credential) -> None:
    words = page(client, certificate.code)
    assert "Genuine" in words
    assert "Ada" in words
    assert certificate.title in words


def test_a_code_is_read_the_way_people_type_it(client: Client, certificate: Credential) -> None:
    typed = certificate.code.lower().replace("-", " ")
    assert "Genuine" in ask(client, code=typed)[1]


def test_a_withdrawn_one_says_when_and_why(client: Client, certificate: Credential) -> None:
    withdraw(certificate, Withdrawal.MISTAKE)
    words = page(client, certificate.code)
    assert "Withdrawn" in words
    assert "issued by mistake" in words


def test_an_unknown_code_says_how_codes_look(client: Client, db: None) -> None:
    status, words = ask(client, code="CS-0000-0000")
    assert status == 404
    assert "No certificate has this code" in words


def test_what_is_no_code_is_told_and_kept(client: Client, db: None) -> None:
    status, words = ask(client, code="hello <b>you</b>")
    assert status == 422
    assert "hello &lt;b&gt;you&lt;/b&gt;" in words


def test_a_pasted_file_is_checked_itself(client: Client, certificate: Credential) -> None:
    document = json.loads(client.get(reverse("credential", args=[certificate.pk])).content)
    assert "Genuine" in ask(client, document=json.dumps(document))[1]
    document["name"] = "Everything there is"
    assert "Changed after it was signed" in ask(client, document=json.dumps(document))[1]


def test_a_pasted_token_is_checked(client: Client, certificate: Credential) -> None:
    token = client.get(reverse("credential_token", args=[certificate.pk])).content.decode()
    assert "Genuine" in ask(client, document=token)[1]


def test_hidden_figures_are_nowhere(client: Client, people: Cast, certificate: Credential) -> None:
    Credential.objects.unscoped().update(tasks=9, score=81)
    assert "81 of 100" in page(client, certificate.code)
    client.force_login(people.ada)
    client.post(reverse("certificate_figures", args=[certificate.pk]), {"show": "no"})
    assert "81" not in page(Client(), certificate.code).split("<main")[1].split("CS-")[0]
    assert "81" not in json.dumps(
        json.loads(client.get(reverse("credential", args=[certificate.pk])).content).get("evidence")
    )


def test_nobody_hides_or_withdraws_anothers(
    client: Client, people: Cast, certificate: Credential
) -> None:
    client.force_login(people.zoe)
    for name in ("certificate_figures", "certificate_withdraw"):
        assert client.post(reverse(name, args=[certificate.pk])).status_code == 404
    certificate.refresh_from_db()
    assert not certificate.is_withdrawn


def test_its_owner_withdraws_after_being_asked(
    client: Client, people: Cast, certificate: Credential
) -> None:
    client.force_login(people.ada)
    address = reverse("certificate_withdraw", args=[certificate.pk])
    assert "can’t be brought back" in client.get(address).content.decode()
    client.post(address)
    assert "Withdrawn" in page(client, certificate.code)


def test_the_own_page_lists_what_is_near(client: Client, people: Cast) -> None:
    client.force_login(people.ada)
    assert "No certificate yet" in client.get(reverse("certificates")).content.decode()
