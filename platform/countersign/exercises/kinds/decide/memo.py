"""A case and a memo as the template shows them, before and after they are judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from countersign.common import markdown
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

Part = dict[str, Any]

STATUSES = (("holds", _("Holds")), ("wrong", _("Wrong")), ("cant_tell", _("Can’t tell")))
ACTIONS = {
    "ship": _("Use it"),
    "guard": _("Use it, with a guard"),
    "fix": _("Fix it first"),
    "reject": _("Don’t use it"),
    "escalate": _("Ask somebody"),
}


def work(version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]) -> list[Part]:
    """The one part of a memo: the case, what was filled in and, once judged, how it stands."""
    shown, fields = version.shown, answer.fields
    return [
        {
            "analysis": markdown.render(shown["analysis"]),
            "claims": _claims(shown, _of(fields, "claims"), revealed),
            "tables": [_table(each, only=len(shown["tables"]) == 1) for each in shown["tables"]],
            "texts": [_text(each) for each in shown["texts"]],
            "facts": _facts(shown, _of(fields, "facts"), revealed),
            "decision": _decision(shown["decision"], _of(fields, "decision"), revealed),
            "verdict": revealed or None,
        }
    ]


def _of(fields: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of the answer. An answer sent by a program may hold anything."""
    found = fields.get(name)
    return found if isinstance(found, Mapping) else {}


def _word(fields: Mapping[str, Any], name: str) -> str:
    found = fields.get(name, "")
    return str(found) if isinstance(found, str | int | float) else ""


def _found(revealed: Mapping[str, Any], group: str) -> dict[str, Part]:
    return {each["id"]: each for each in revealed.get(group, ())}


def _claims(shown: Part, given: Mapping[str, Any], revealed: Mapping[str, Any]) -> list[Part]:
    found = _found(revealed, "claims")
    return [
        {
            "number": number,
            "name": f"claims.{claim['id']}",
            "says": markdown.render_inline(claim["says"]),
            "statuses": [
                {
                    "value": value,
                    "label": label,
                    "checked": _word(_of(given, claim["id"]), "status") == value,
                }
                for value, label in STATUSES
            ],
            "evidence": _word(_of(given, claim["id"]), "evidence"),
            "check": _word(_of(given, claim["id"]), "check"),
            "found": found.get(claim["id"]),
        }
        for number, claim in enumerate(shown["claims"], start=1)
    ]


def _facts(shown: Part, given: Mapping[str, Any], revealed: Mapping[str, Any]) -> list[Part]:
    found = _found(revealed, "facts")
    return [
        {
            **fact,
            "name": f"facts.{fact['id']}",
            "ask": markdown.render_inline(fact["ask"]),
            "value": _word(_of(given, fact["id"]), "value"),
            "source": _word(_of(given, fact["id"]), "source"),
            "found": found.get(fact["id"]),
        }
        for fact in shown["facts"]
    ]


def _decision(asked: Part, given: Mapping[str, Any], revealed: Mapping[str, Any]) -> Part:
    least, most = asked["words"]
    return {
        "ask": markdown.render_inline(asked["ask"]),
        "options": [
            {
                "value": option["id"],
                "label": markdown.render_inline(option["says"]),
                "hint": ACTIONS.get(option["action"], ""),
                "checked": _word(given, "choice") == option["id"],
            }
            for option in asked["options"]
        ],
        "least": least,
        "most": most,
        **{name: _word(given, name) for name in ("because", "risk", "change", "sure")},
        "found": revealed.get("decision"),
    }


def _table(table: Part, *, only: bool) -> Part:
    """Rows with their numbers, cells with their names and what they are called in speech."""
    names, *rows = table["rows"]
    prefix = "" if only else f"{table['id']}!"
    return {
        "title": table["title"],
        "columns": [{"letter": _letter(at), "name": name} for at, name in enumerate(names)],
        "rows": [
            {
                "number": number,
                "cells": [
                    {"name": f"{prefix}{_letter(at)}{number}", "text": text}
                    for at, text in enumerate(row)
                ],
            }
            for number, row in enumerate(rows, start=2)
        ],
    }


def _text(text: Part) -> Part:
    return {
        "title": text["title"],
        "passages": [
            {"name": f"{text['id']}:{at}", "number": at, "text": markdown.render_inline(passage)}
            for at, passage in enumerate(text["passages"], start=1)
        ],
    }


def _letter(at: int) -> str:
    return chr(ord("A") + at)
