"""Parts of exercise.yaml as form fields, and back.

Only a value that was changed is written anew; everything else in the file stays letter for letter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from countersign.authoring.parts import BASICS, HINTS, KEYS, Part
from countersign.authoring.services.writing import about
from countersign.authoring.slices import with_value
from countersign.courses.models import Skill
from countersign.exercises.kinds.face import typed

RUNGS = 3


@dataclass(frozen=True, kw_only=True)
class Field:
    """One key as a field. ``kind`` is what ``ui/field.html`` and ``ui/choices.html`` draw."""

    name: str
    label: Promise | str
    kind: str
    value: Any = ""
    hint: Promise | str = ""
    options: tuple[dict[str, Any], ...] = ()
    rows: int = 3


def fields_of(part: Part, files: Mapping[str, str]) -> list[Field] | None:
    """The fields of a part; None where it has none, or where its lines can't be read as fields."""
    values = about(files).values
    if not part.form or not values:
        return None
    return FIELDS[part.id](values)


def texts_of(part: Part, files: Mapping[str, str], post: QueryDict) -> dict[str, str]:
    """The part's texts with what a form changed in them."""
    text = part.texts(files)[KEYS]
    before = about(files).values
    for key, value in READ[part.id](post).items():
        if value != before.get(key, USUAL.get(key)):
            text = with_value(text, key, value)
    return {KEYS: text}


def _basics(values: Mapping[str, Any]) -> list[Field]:
    chosen = values.get("skills")
    chosen = chosen if isinstance(chosen, list) else []
    return [
        Field(name="title", label=_("Title"), kind="text", value=values.get("title", "")),
        Field(
            name="summary",
            label=_("In one line"),
            kind="text",
            value=values.get("summary", ""),
            hint=_("What the learner does. Shown in the course’s list."),
        ),
        Field(
            name="minutes",
            label=_("Minutes"),
            kind="number",
            value=values.get("minutes", ""),
            hint=_("How long a newcomer takes."),
        ),
        Field(
            name="skills",
            label=_("Skills that it gives evidence for, one to four"),
            kind="checkbox",
            options=tuple(
                {
                    "value": skill.pk,
                    "label": skill.title,
                    "hint": skill.pk,
                    "checked": skill.pk in chosen,
                }
                for skill in Skill.objects.all()
            ),
        ),
        Field(
            name="help",
            label=_("Help"),
            kind="radio",
            options=(
                {
                    "value": "aided",
                    "label": _("Hints and the coach may help"),
                    "checked": values.get("aided", True) is not False,
                },
                {
                    "value": "unaided",
                    "label": _("Done without help: it counts as measured"),
                    "checked": values.get("aided", True) is False,
                },
            ),
        ),
    ]


def _hints(values: Mapping[str, Any]) -> list[Field]:
    said = values.get("hints")
    hints = [hint for hint in said if isinstance(hint, str)] if isinstance(said, list) else []
    labels = (_("First: where to look"), _("Second: what to think about"), _("Third: nearly"))
    return [
        Field(
            name=f"hint-{at}",
            label=label,
            kind="textarea",
            value=hints[at].strip() if at < len(hints) else "",
        )
        for at, label in enumerate(labels)
    ]


def _read_basics(post: QueryDict) -> dict[str, Any]:
    minutes = post.get("minutes", "").strip()
    known = set(Skill.objects.values_list("pk", flat=True))
    return {
        "title": post.get("title", "").strip(),
        "summary": post.get("summary", "").strip(),
        "minutes": int(minutes) if minutes.isascii() and minutes.isdecimal() else minutes,
        "skills": [skill for skill in post.getlist("skills") if skill in known],
        "aided": post.get("help") != "unaided",
    }


def _read_hints(post: QueryDict) -> dict[str, Any]:
    return {"hints": [typed(post.get(f"hint-{at}", "")).strip() for at in range(RUNGS)]}


FIELDS: Mapping[str, Callable[[Mapping[str, Any]], list[Field]]] = {
    BASICS.id: _basics,
    HINTS.id: _hints,
}
READ: Mapping[str, Callable[[QueryDict], dict[str, Any]]] = {
    BASICS.id: _read_basics,
    HINTS.id: _read_hints,
}
USUAL = {"aided": True}
"""What holds for a key that isn't in the file."""
