"""A review as its templates show it: numbered lines, comments under them, the figures beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from countersign.common import highlight, markdown
from countersign.exercises.kinds.review import words
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer
from grader.checks.listing import Span, read_span

EMPTY_SLOTS = 6
"""Places for further comments. A script makes more; without one, saving does."""

LANGUAGES = {"py": "python", "diff": "diff", "patch": "diff", "csv": "text", "md": "markdown"}
Comment = dict[str, Any]


def work(
    version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One part: the artefact's ``rows`` with the comments under them, ``spare`` slots for more,
    the ``call``, what is shown beside it, and the figures once there are some."""
    found = revealed.get("review") or {}
    artefact = version.shown["artefact"]
    count = len(artefact["text"].removesuffix("\n").split("\n"))
    comments = _comments(answer, found, count=count)
    over = bool(found.get("ended"))
    return [
        {
            "name": artefact["file"],
            "type": artefact["type"],
            "request": version.shown["request"],
            "context": _context(version),
            "takes_proof": version.shown["takes_proof"],
            "takes_tests": version.shown["takes_tests"],
            "module": version.shown["module"],
            "rows": _rows(artefact, comments, found),
            "comments": comments,
            "unplaced": [each for each in comments if not each["line"]],
            "spare": [] if over else _spare(len(comments)),
            "call": _call(answer, found),
            "call_sure": _options(words.SURE, answer.fields.get("sure", "")),
            "found": _figures(found, len(comments)),
            "over": over,
            "verdict": bool(found),
        }
    ]


def _comments(answer: Answer, found: Mapping[str, Any], *, count: int) -> list[Comment]:
    said = answer.fields.get("findings", ())
    verdicts = {each["number"]: each for each in found.get("findings", ())}
    return [
        _comment(slot, each, verdicts.get(slot), count=count)
        for slot, each in enumerate(said, start=1)
        if isinstance(each, Mapping)
    ]


def _comment(
    slot: int, said: Mapping[str, Any], found: Mapping[str, Any] | None, *, count: int
) -> Comment:
    span = read_span(said.get("lines"))
    inside = span is not None and span.first >= 1 and span.last <= count
    category, severity = said.get("category", ""), said.get("severity", "")
    lines = str(span) if span else str(said.get("lines", ""))
    return {
        **_slot(slot),
        "lines": lines,
        "span": span,
        "line": span.last if span and inside else 0,
        "place": words.place(span.first, span.last) if span else lines,
        "category": words.CATEGORIES.get(category, ""),
        "severity": words.SEVERITIES.get(severity, ""),
        "categories": _options(words.CATEGORIES, category),
        "severities": _options(words.SEVERITIES, severity),
        "sures": _options(words.SURE, said.get("sure", "")),
        "why": said.get("why", ""),
        "test": said.get("test", ""),
        "fix": said.get("fix", ""),
        "cut": said.get("fix") == "",
        "verdict": words.verdict(found) if found else None,
        "alarm": bool(found) and not (found or {})["right"],
        "contestable": bool(found) and (found or {})["outcome"] in ("false_alarm", "decoy"),
    }


def _slot(number: int) -> Comment:
    return {"slot": number, "id": f"c{number}"}


def _spare(used: int) -> list[Comment]:
    return [
        {
            **_slot(number),
            "categories": _options(words.CATEGORIES, None),
            "severities": _options(words.SEVERITIES, None),
            "sures": _options(words.SURE, None),
        }
        for number in range(used + 1, used + 1 + EMPTY_SLOTS)
    ]


def _options(labels: Mapping[str, Any], chosen: Any) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "checked": value == chosen}
        for value, label in labels.items()
    ]


def _rows(
    artefact: Mapping[str, Any], comments: Sequence[Comment], found: Mapping[str, Any]
) -> list[dict[str, Any]]:
    ending = artefact["file"].rpartition(".")[2]
    listed = highlight.lines(artefact["text"].removesuffix("\n"), LANGUAGES.get(ending, "text"))
    key = _key(found)
    marks = _marks(comments, key)
    return [
        {
            "n": number,
            "html": html,
            "mark": marks.get(number, ""),
            "comments": [each for each in comments if each["line"] == number],
            "key": [each for each in key if each["span"].last == number],
        }
        for number, html in enumerate(listed, start=1)
    ]


def _marks(comments: Sequence[Comment], key: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """How each line is drawn. What is found stands above what is not."""
    marks: dict[int, str] = {}
    for each in key:
        if not each["found"] and not each["decoy"]:
            marks |= dict.fromkeys(each["span"].lines, "missed")
    for comment in sorted(comments, key=lambda each: not each["alarm"]):
        if comment["line"]:
            judged = "fa" if comment["alarm"] else "hit"
            mark = judged if comment["verdict"] else "noted"
            marks |= dict.fromkeys(comment["span"].lines, mark)
    return marks


def _key(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The defects and decoys, once the learner has asked to see them."""
    key = found.get("key")
    if not key:
        return []
    defects = [_entry(each, decoy=False) for each in key["defects"]]
    decoys = [_entry(each, decoy=True) for each in key["decoys"]]
    return [*defects, *decoys]


def _entry(each: Mapping[str, Any], *, decoy: bool) -> dict[str, Any]:
    span = Span(first=each["lines"][0], last=each["lines"][1])
    return {
        "span": span,
        "place": words.place(span.first, span.last),
        "decoy": decoy,
        "found": each.get("found", False),
        "category": words.CATEGORIES.get(each.get("category", "-"), ""),
        "severity": words.SEVERITIES.get(each.get("severity", "-"), ""),
        "says": markdown.render(each["reason"] if decoy else each["explain"]),
        "corrected": each.get("corrected") or "",
    }


def _call(answer: Answer, found: Mapping[str, Any]) -> dict[str, Any]:
    given = answer.fields.get("call", "")
    call = found.get("call") or {}
    return {
        "options": _options(words.CALLS, given),
        "given": words.CALLS.get(given, ""),
        "right": call.get("right", False),
        "says": found.get("call_says", ""),
    }


def _figures(found: Mapping[str, Any], comments: int) -> dict[str, Any]:
    if not found:
        return {}
    names = ("hits", "total", "misses", "false_alarms", "nudge")
    return {name: found[name] for name in names} | {
        "comments": comments,
        "hit_beads": range(found["hits"]),
        "open_beads": range(found["misses"]),
        "alarm_beads": range(min(12, found["false_alarms"])),
    }


def _context(version: ExerciseVersion) -> list[dict[str, Any]]:
    """What is read beside the artefact: Markdown as prose, all else as a listing."""
    files: Mapping[str, str] = version.shown.get("context", {})
    return [
        {
            "name": name,
            "text": text,
            "prose": markdown.render(text) if name.endswith(".md") else "",
            "language": LANGUAGES.get(name.rpartition(".")[2], "text"),
        }
        for name, text in sorted(files.items())
    ]
