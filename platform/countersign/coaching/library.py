"""The comment library: what instructors say again and again, by key, in words they can change.

It is made of comments that come with us, in the organisation's own words if it has any, and of the
organisation's own. ``{name}`` in a text is filled in when the comment is used.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countersign import audit
from countersign.accounts.models import User
from countersign.coaching.comments import TEXTS, own_texts, parameters_in
from countersign.coaching.models import CommentKind, LibraryComment
from countersign.common import clock
from countersign.common.text import storable
from countersign.organisations.models import Organisation

LONGEST = 400
LONGEST_KEY = 40

STARTERS: Mapping[str, tuple[CommentKind, Promise]] = {
    "answers_the_brief": (
        CommentKind.CELEBRATORY,
        gettext_lazy("{part} does what the brief asks for, no more and no less."),
    ),
    "brief_says_otherwise": (
        CommentKind.ESSENTIAL,
        gettext_lazy("The brief says something else about {part}. Which sentence is it?"),
    ),
    "clear_names": (
        CommentKind.CELEBRATORY,
        gettext_lazy("{name} says what it holds, so the next line reads by itself."),
    ),
    "edge_was_thought_of": (
        CommentKind.CELEBRATORY,
        gettext_lazy("You thought of {case}. Most programs break there."),
    ),
    "evidence_is_missing": (
        CommentKind.ESSENTIAL,
        gettext_lazy("“{claim}” may be right. Where in the data does it stand?"),
    ),
    "shorter_way": (
        CommentKind.INFORMATIVE,
        gettext_lazy("It works as it is. Python also has {name} for this."),
    ),
}
"""Comments that no program makes, to begin with."""


class CannotKeep(Exception):
    """The comment can't be kept; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One comment of the library. ``is_own``: the organisation made it and may change it here."""

    key: str
    kind: CommentKind
    text: str
    parameters: tuple[str, ...]
    is_own: bool


def library(organisation: Organisation) -> list[Entry]:
    """Every comment on offer, the organisation's own first."""
    rows = LibraryComment.objects.filter(organisation=organisation, retired_at=None)
    own = [_entry(row.key, CommentKind(row.kind), row.text, is_own=True) for row in rows]
    taken = {entry.key for entry in own}
    return [*own, *(entry for entry in _ours(organisation) if entry.key not in taken)]


def _ours(organisation: Organisation) -> list[Entry]:
    changed = own_texts(organisation.pk)
    starters = [_entry(key, kind, str(text)) for key, (kind, text) in STARTERS.items()]
    noticed = [
        _entry(key, CommentKind.ACTIONABLE, changed.get(key, str(text)))
        for key, text in sorted(TEXTS.items())
    ]
    return [*starters, *noticed]


def _entry(key: str, kind: CommentKind, text: str, *, is_own: bool = False) -> Entry:
    names = tuple(sorted(parameters_in(text)))
    return Entry(key=key, kind=kind, text=text, parameters=names, is_own=is_own)


def find(organisation: Organisation, key: str) -> Entry | None:
    """The comment with this key."""
    return next((entry for entry in library(organisation) if entry.key == key), None)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """The text with its parameters. Raises CannotKeep for one that is left open."""
    try:
        names = parameters_in(text)
    except ValueError:
        return text  # braces of the writer's own, such as a set in Python
    left = sorted(name for name in names if name in values and not values[name].strip())
    if left:
        named = ", ".join(f"{{{name}}}" for name in left)
        raise CannotKeep(_("Fill in %(names)s first.") % {"names": named})
    known = {name: values.get(name, f"{{{name}}}").strip() for name in names}
    return string.Formatter().vformat(text, (), known)


@transaction.atomic
def keep(
    organisation: Organisation, *, key: str, kind: CommentKind, text: str, actor: User
) -> LibraryComment:
    """Put a comment into the library, or change the one with this key.

    Raises CannotKeep or UnstorableText.
    """
    key, text = storable(key.strip().lower().replace(" ", "_")), storable(text.strip())
    _refuse_unfit(key, text)
    kept, _made = LibraryComment.objects.update_or_create(
        organisation=organisation,
        key=key,
        defaults={
            "kind": kind,
            "text": text,
            "changed_by": actor,
            "changed_at": clock.now(),
            "retired_at": None,
        },
    )
    audit.record(
        audit.Action.COMMENT_KEPT, actor=actor, organisation=organisation.pk, thing=kept, key=key
    )
    return kept


def _refuse_unfit(key: str, text: str) -> None:
    if not key.isidentifier() or not key.isascii() or len(key) > LONGEST_KEY:
        raise CannotKeep(
            _("Name it with letters, digits and _ alone, at most %(n)s of them.")
            % {"n": LONGEST_KEY}
        )
    if not text:
        raise CannotKeep(_("Write the comment first."))
    if len(text) > LONGEST:
        raise CannotKeep(_("Use at most %(n)s characters.") % {"n": LONGEST})
    try:
        parameters_in(text)
    except ValueError as fault:
        raise CannotKeep(_("A brace stands alone: write {name}, or leave braces out.")) from fault


@transaction.atomic
def retire(organisation: Organisation, *, key: str, actor: User) -> bool:
    """Offer a comment no more. What was said with it stays. False: there is none of theirs."""
    rows = LibraryComment.objects.filter(organisation=organisation, key=key, retired_at=None)
    retired = rows.update(retired_at=clock.now(), changed_by=actor)
    if retired:
        audit.record(
            audit.Action.COMMENT_KEPT,
            actor=actor,
            organisation=organisation.pk,
            key=key,
            retired=True,
        )
    return bool(retired)
