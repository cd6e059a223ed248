"""The environment decides, and a wrong value is named."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from countersign import env
from countersign import settings as settings_module

KEY = "k" * 50
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Read the settings file anew, under an environment of nothing but these names."""
    for name in ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COUNTERSIGN_VAR", str(tmp_path))

    def settings_under(**names: str) -> dict[str, Any]:
        for name, value in names.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(settings_module.__file__))

    return settings_under


def test_without_a_secret_key_nothing_starts(read: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        read()


def test_a_secret_key_may_come_from_a_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")

    assert read(SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == KEY


def test_a_secret_given_twice_is_an_error(read: Read, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)

    with pytest.raises(ImproperlyConfigured, match="not both"):
        read(SECRET_KEY=KEY, SECRET_KEY_FILE=str(tmp_path / "key"))


def test_a_secret_file_that_is_not_there_is_an_error(read: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE names /nowhere"):
        read(SECRET_KEY_FILE="/nowhere")


def test_under_https_the_cookies_stay_with_this_host(read: Read) -> None:
    site = read(SECRET_KEY=KEY, SITE_URL="https://learn.example.org")

    assert site["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert site["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert site["SESSION_COOKIE_SECURE"]
    assert site["CSRF_COOKIE_SECURE"]
    assert site["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert site["CSRF_TRUSTED_ORIGINS"] == ["https://learn.example.org"]


def test_on_plain_http_a_browser_still_keeps_the_cookies(read: Read) -> None:
    site = read(SECRET_KEY=KEY, SITE_URL="http://localhost:8000")

    assert not site["SESSION_COOKIE_SECURE"]
    assert not site["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert site["SECURE_HSTS_SECONDS"] == 0


def test_headers_of_proxies_are_believed_only_when_there_are_proxies(read: Read) -> None:
    assert read(SECRET_KEY=KEY)["SECURE_PROXY_SSL_HEADER"] is None

    behind = read(TRUSTED_PROXIES="1")

    assert behind["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert behind["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_the_content_policy_allows_nothing_unsafe(read: Read) -> None:
    directives = read(SECRET_KEY=KEY)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]

    words = [str(word) for sources in directives.values() for word in sources]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert not [word for word in words if "unsafe" in word or "*" in word or "http" in word]


def test_a_message_to_a_dead_broker_is_given_up_at_once(read: Read) -> None:
    site = read(SECRET_KEY=KEY)

    assert site["CELERY_TASK_PUBLISH_RETRY"] is False
    assert site["CELERY_BROKER_TRANSPORT_OPTIONS"]["socket_connect_timeout"] <= 1
    assert site["CELERY_BROKER_TRANSPORT_OPTIONS"]["socket_timeout"] <= 1
    assert site["CELERY_ACCEPT_CONTENT"] == ["json"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", "perhaps", "write true or false"),
        ("TRUSTED_PROXIES", "-1", "whole number"),
        ("EMAIL_VERIFICATION", "never", "mandatory or optional"),
        ("DATABASE_URL", "mysql://x/y", "postgresql:// or sqlite://"),
        ("CACHE_URL", "memcached://x", "CACHE_URL"),
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL"),
    ],
)
def test_a_wrong_value_is_named(read: Read, name: str, value: str, says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        read(SECRET_KEY=KEY, **{name: value})


def test_a_database_url_keeps_odd_characters_and_options() -> None:
    found = env.database(
        "postgresql://ann:p%40ss%2Fword@db:5433/count%20er?sslmode=require", otherwise=Path()
    )

    assert found["PASSWORD"] == "p@ss/word"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db", "5433", "count er")
    assert found["OPTIONS"] == {"connect_timeout": "5", "sslmode": "require"}


def test_a_database_may_be_reached_through_a_socket() -> None:
    found = env.database("postgresql://ann@/site?host=/run/postgresql", otherwise=Path())

    assert found["HOST"] == "/run/postgresql"


def test_mail_leaves_encrypted_when_asked() -> None:
    mail = env.email("smtp+tls://ann:pw%21@mail.example.org", otherwise=Path())

    assert (mail.host, mail.port, mail.starttls, mail.tls) == ("mail.example.org", 587, True, False)
    assert (mail.user, mail.password) == ("ann", "pw!")


def test_without_a_mail_server_each_message_becomes_a_file(tmp_path: Path) -> None:
    mail = env.email("", otherwise=tmp_path)

    assert mail.backend.endswith("filebased.EmailBackend")
    assert mail.folder == tmp_path
