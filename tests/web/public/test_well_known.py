"""Small files that machines look for, and pages that say what is so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from countersign.web.access import Door


def test_private_places_and_invitations_are_not_to_be_indexed(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /join/" in lines
    assert "Disallow: /me/" in lines


def test_whom_to_tell_about_a_weakness_is_found_where_an_address_is_set(
    client: Client, settings: Any, db: None
) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.CONTACT_EMAIL = "help@example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:help@example.org" in text
    assert "Expires: " in text


@pytest.mark.parametrize(
    "address", ["/about/how-grading-works/", "/about/accessibility/", "/about/privacy/"]
)
def test_statements_are_open_to_everyone(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 200


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in resolver.url_patterns:
        found += _patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


def test_every_page_of_an_account_is_behind_a_door() -> None:
    own = [p for p in _patterns(get_resolver()) if str(p.pattern).startswith("me/")]
    assert own
    assert all(getattr(page.callback, "door", None) is Door.SIGNED_IN for page in own)
