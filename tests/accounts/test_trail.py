"""What is kept of signing in."""

from __future__ import annotations

from countersign import audit
from countersign.accounts import trail
from tests.cast import Cast


def test_a_refused_sign_in_names_the_account_and_the_reason(people: Cast) -> None:
    trail.refused(" ADA@example.org", reason="password")
    entry = audit.Entry.objects.get(action=audit.Action.SIGN_IN_REFUSED)
    assert (entry.thing, entry.details) == (str(people.ada.pk), {"reason": "password"})
    assert entry.actor is None
