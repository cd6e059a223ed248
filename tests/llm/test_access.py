"""An organisation's own model: who may set it, where its key is, and where it may lead."""

from __future__ import annotations

from typing import Any

import pytest

from countersign.common import outbound
from countersign.common.outbound import Deadline, OutboundRefused, Rules
from countersign.llm import access, vault
from countersign.llm.access import Wish, set_access
from countersign.llm.connections import Role, connection, is_anything_configured, model_name
from countersign.llm.gateway import Allowance, ask
from countersign.llm.models import ModelAccess
from countersign.llm.rules import rules_for
from countersign.llm.trouble import ModelAway, Trouble
from tests.cast import Cast
from tests.llm.server import ModelServer, says
from tests.llm.test_gateway import a_question

KEY = "sk-northgates-own-key-7788"
WISH = Wish(base_url="https://models.northgate.example/v1/", key=KEY, coach="their-model")


@pytest.fixture(autouse=True)
def a_vault(settings: Any) -> None:
    settings.LLM_VAULT_KEYS = ["a vault key of the tests"]


def test_the_operator_sets_it_and_only_that_organisation_uses_it(people: Cast) -> None:
    set_access(people.northgate, WISH, actor=people.olu)
    found = connection(Role.COACH, people.northgate.pk)
    assert found is not None
    assert (found.model, found.key) == ("their-model", KEY)
    assert found.base_url == "https://models.northgate.example/v1"
    assert not found.is_trusted
    assert model_name(Role.COACH, people.elsewhere.pk) == ""
    assert is_anything_configured()


@pytest.mark.parametrize("who", ["ada", "ben", "eve", "nur", "zoe"])
def test_nobody_else_may(people: Cast, who: str) -> None:
    with pytest.raises(access.NotAllowed):
        set_access(people.northgate, WISH, actor=getattr(people, who))


def test_the_key_is_stored_sealed_and_shown_by_its_tail(people: Cast) -> None:
    stored = set_access(people.northgate, WISH, actor=people.olu)
    assert KEY not in str(ModelAccess.objects.values())
    assert KEY.encode() not in bytes(stored.sealed_key)
    assert stored.key_tail == "7788"


def test_a_key_opens_for_its_own_address_alone() -> None:
    token = vault.sealed(KEY, bound_to="https://one.example/v1")
    assert vault.opened(token, bound_to="https://one.example/v1") == KEY
    with pytest.raises(vault.VaultClosed):
        vault.opened(token, bound_to="https://two.example/v1")


def test_another_address_forgets_the_key(people: Cast) -> None:
    set_access(people.northgate, WISH, actor=people.olu)
    elsewhere = Wish(base_url="https://two.example/v1", key=None, coach="their-model")
    stored = set_access(people.northgate, elsewhere, actor=people.olu)
    assert (bytes(stored.sealed_key), stored.key_tail) == (b"", "")


def test_the_same_address_keeps_the_key(people: Cast) -> None:
    set_access(people.northgate, WISH, actor=people.olu)
    same = Wish(base_url=WISH.base_url, key=None, coach="another-model")
    set_access(people.northgate, same, actor=people.olu)
    found = connection(Role.COACH, people.northgate.pk)
    assert found is not None
    assert (found.model, found.key) == ("another-model", KEY)


def test_a_new_vault_key_still_opens_what_an_older_one_sealed(settings: Any) -> None:
    token = vault.sealed(KEY, bound_to="https://one.example/v1")
    settings.LLM_VAULT_KEYS = ["a new one", "a vault key of the tests"]
    assert vault.opened(token, bound_to="https://one.example/v1") == KEY


def test_switched_off_means_no_model_though_the_site_has_one(
    people: Cast, model: ModelServer
) -> None:
    off = Wish(base_url=WISH.base_url, key=None, coach="their-model", is_on=False)
    set_access(people.northgate, off, actor=people.olu)
    assert model_name(Role.COACH, people.northgate.pk) == ""
    assert model_name(Role.COACH, people.elsewhere.pk) == "scripted"


@pytest.mark.parametrize(
    "address",
    [
        "http://models.example/v1",
        "https://user:secret@models.example/v1",
        "https://models.example/v1?key=1",
        "ftp://models.example",
        "models.example/v1",
        "",
    ],
)
def test_an_address_that_cannot_be_right_is_refused(people: Cast, address: str) -> None:
    with pytest.raises(access.BadAddress):
        set_access(people.northgate, Wish(base_url=address, key=KEY), actor=people.olu)


PRIVATE = [
    "127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]", "224.0.0.1",
    "255.255.255.255", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "192.0.2.1",
    "198.18.0.1", "240.0.0.1", "[2001:db8::1]",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_no_organisation_reaches_this_machine_or_its_network(
    people: Cast, model: ModelServer, host: str
) -> None:
    port = model.url.rpartition(":")[2]
    wish = Wish(base_url=f"https://{host}:{port}", key=KEY, coach="their-model")
    set_access(people.northgate, wish, actor=people.olu)
    found = connection(Role.COACH, people.northgate.pk)
    assert found is not None
    with pytest.raises(ModelAway) as away:
        ask(a_question(), connection=found, allowance=Allowance())
    assert away.value.trouble in (Trouble.FORBIDDEN, Trouble.UNREACHABLE)
    assert model.requests == []


def test_a_private_host_works_where_the_operator_opened_it(
    people: Cast, model: ModelServer, settings: Any
) -> None:
    settings.LLM_PRIVATE_HOSTS = ["127.0.0.1"]
    model.plays(says("hello"))
    wish = Wish(base_url=model.url, key=KEY, coach="their-model")
    set_access(people.northgate, wish, actor=people.olu)
    found = connection(Role.COACH, people.northgate.pk)
    assert found is not None
    assert ask(a_question(), connection=found, allowance=Allowance()).text == "hello"
    assert model.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_key_never_crosses_the_internet_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "_resolved", lambda *_: ["93.184.216.34"])
    for rules in (Rules(), Rules(is_trusted=True)):
        with pytest.raises(OutboundRefused, match="https"):
            outbound.allowed_address(
                "models.example", 443, rules=rules, deadline=Deadline.within(5), is_plain=True
            )


def test_a_name_that_leads_to_both_sides_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such names change sides between two looks; and the address looked at is the one used."""
    monkeypatch.setattr(outbound, "_resolved", lambda *_: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(OutboundRefused, match="private"):
        outbound.allowed_address(
            "models.example", 443, rules=Rules(), deadline=Deadline.within(5), is_plain=False
        )


def test_the_proxy_of_the_environment_is_not_asked(
    model: ModelServer, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    found = connection(Role.COACH, None)
    assert found is not None
    assert rules_for(found).is_trusted
    model.plays(says("hello"))
    assert ask(a_question(), connection=found, allowance=Allowance()).text == "hello"
