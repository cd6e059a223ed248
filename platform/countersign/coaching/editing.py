"""Instructors put the coach's comments into words of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.comments import TEXTS, own_texts, parameters_in
from countersign.coaching.models import CommentText
from countersign.common import clock
from countersign.common.text import storable
from countersign.organisations.models import Organisation

LONGEST = 400


class BadText(Exception):
    """The text can't be used; the message says why."""


@dataclass(frozen=True)
class Editable:
    """A comment key with our words and the organisation's own ("" for none)."""

    key: str
    ours: str
    own: str
    parameters: tuple[str, ...]


def editable(organisation: Organisation) -> list[Editable]:
    """Every key with its texts."""
    own = own_texts(organisation.pk)
    return [
        Editable(key, str(text), own.get(key, ""), tuple(sorted(parameters_in(str(text)))))
        for key, text in sorted(TEXTS.items())
    ]


@transaction.atomic
def set_text(organisation: Organisation, *, key: str, text: str, actor: User) -> None:
    """Use these words for a key in this organisation; "" goes back to ours.

    Raises BadText or UnstorableText.
    """
    text = storable(text.strip())
    if key not in TEXTS:
        raise BadText("There is no such comment.")
    if text:
        _refuse_unfit(key, text)
        CommentText.objects.update_or_create(
            organisation=organisation,
            key=key,
            defaults={"text": text, "changed_at": clock.now()},
        )
    else:
        CommentText.objects.filter(organisation=organisation, key=key).delete()
    audit.record(
        audit.Action.COMMENT_TEXT_CHANGED,
        actor=actor,
        organisation=organisation.pk,
        key=key,
        own=bool(text),
    )


def _refuse_unfit(key: str, text: str) -> None:
    if len(text) > LONGEST:
        raise BadText(f"Use at most {LONGEST} characters.")
    known = parameters_in(str(TEXTS[key]))
    try:
        unknown = parameters_in(text) - known
    except ValueError as fault:
        raise BadText("A brace stands alone: write {name}, or leave braces out.") from fault
    if unknown:
        named = ", ".join(f"{{{name}}}" for name in sorted(known)) or "none"
        raise BadText(f"This comment knows these places to fill in: {named}.")
