"""The words of a review: kinds of problem, how bad, how sure, the call, and each verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CATEGORIES: Mapping[str, Promise] = {
    "logic": gettext_lazy("Wrong logic or boundary"),
    "requirement": gettext_lazy("Rule not followed"),
    "data": gettext_lazy("Wrong handling of data"),
    "errors": gettext_lazy("Hidden failure"),
    "security": gettext_lazy("Security"),
    "performance": gettext_lazy("Too slow"),
    "api": gettext_lazy("Misused or made up"),
    "tests": gettext_lazy("Test that proves little"),
    "": gettext_lazy("Not sure"),
}
SEVERITIES: Mapping[str, Promise] = {
    "minor": gettext_lazy("Low"),
    "major": gettext_lazy("Medium"),
    "critical": gettext_lazy("High"),
}
SURE: Mapping[str, Promise] = {
    "guess": gettext_lazy("Guess"),
    "fairly": gettext_lazy("Fairly"),
    "certain": gettext_lazy("Certain"),
}
CALLS: Mapping[str, Promise] = {
    "use": gettext_lazy("Use it"),
    "fix": gettext_lazy("Not until it’s fixed"),
    "reject": gettext_lazy("Not at all"),
}


def place(first: int, last: int) -> str:
    """“line 4” or “lines 4 to 5”"""
    if first == last:
        return _("line %(n)s") % {"n": first}
    return _("lines %(first)s to %(last)s") % {"first": first, "last": last}


def verdict(found: Mapping[str, Any]) -> dict[str, Any]:
    """What is said under a comment: ``ok``, a short ``title``, a ``text`` and the evidence."""
    match found["outcome"]:
        case "found":
            title, text = _("Found."), _found(found)
        case "same":
            title = _("Marked twice.")
            text = _("Another comment of yours already counts for this. One is enough.")
        case "decoy":
            title = _("False alarm.")
            text = f"{found['reason']} {_('Worth checking. Compare it with the request first.')}"
        case _:
            title = _("False alarm.")
            text = _("These lines do what they should. What did you expect to happen here?")
    return {
        "ok": found["right"],
        "title": title,
        "text": text,
        "proved": found["evidence"] == "proved",
        "evidence": _evidence(found),
    }


def _found(found: Mapping[str, Any]) -> str:
    right = found["category_right"] and found["severity_steps"] == 0
    if right and found["narrow"]:
        return _("Right line, right kind, right severity.")
    said = [
        "" if found["narrow"] else _("Mark only the lines that are wrong."),
        "" if found["category_right"] else _kind(found["category"]),
        _severity(found["severity_steps"]),
    ]
    return " ".join(part for part in said if part)


def _kind(said: str) -> str:
    if not said:
        return _("Which kind of problem is it?")
    return _("The place is right. Is this really the kind of problem?")


def _severity(steps: int | None) -> str:
    match steps:
        case None:
            return _("How bad is it?")
        case 0:
            return ""
        case 1:
            return _("How bad it is, is one step off. Who notices, and what does it cost them?")
        case _:
            return _("How bad it is, is far off. Who notices, and what does it cost them?")


def _evidence(found: Mapping[str, Any]) -> str:
    """Why the test or fix doesn't count; empty where there is none or it does."""
    says: dict[str, str] = {
        "passes_on_both": _(
            "Your test passes on this code too, so it doesn’t show the problem yet. "
            "Which input makes the difference?"
        ),
        "fails_on_correct": _(
            "Your test doesn’t pass when everything is right either. Does it expect what the "
            "request asks for?"
        ),
        "stopped": _("Your test was still running when its time was up, so we stopped it."),
        "broke_off": _(
            "Your test couldn’t be run to its end. Does it import something that isn’t there, or "
            "end the program?"
        ),
        "fix_unchanged": _("Your fix is the same as what was there."),
        "fix_not_yet": _("With your fix, it still doesn’t do what the request asks for."),
        "fix_breaks": _("With your fix, something that worked no longer does."),
        "unreadable": found["evidence_message"],
    }
    return says.get(found["evidence"], "")
