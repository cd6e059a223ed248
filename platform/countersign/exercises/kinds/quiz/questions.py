"""A quiz's questions as its template shows them, before and after the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from countersign.common import markdown
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

GAP = re.compile(r"___(\d+)___")
Question = dict[str, Any]


def work(version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]) -> list[Question]:
    """Every question with what was answered and, once revealed, what was right."""
    questions = version.shown["questions"]
    found = {each["id"]: each for each in revealed.get("questions", ())}
    return [
        _shown(question, answer.fields.get(question["id"], {}), found.get(question["id"]))
        | {"number": number, "of": len(questions)}
        for number, question in enumerate(questions, start=1)
    ]


def _shown(question: Question, given: Any, found: Question | None) -> Question:
    given = given if isinstance(given, Mapping) else {"answer": given}
    shared = {
        "id": question["id"],
        "type": question["type"],
        "ask": markdown.render(question["ask"]),
        "code": question.get("code"),
        "stdin": question.get("stdin", ""),
        "sure": given.get("sure", ""),
        "verdict": found and _verdict(found),
    }
    return shared | _OWN[question["type"]](question, given.get("answer"), found)


def _verdict(found: Question) -> Question:
    return {
        "right": found["right"],
        "why": markdown.render_inline(found["why"]),
        "explain": markdown.render(found["explain"]),
    }


def _choose(question: Question, given: Any, found: Question | None) -> Question:
    chosen = given if isinstance(given, list) else [given]
    right = found["right_options"] if found else []
    options = [
        {
            "id": option["id"],
            "text": markdown.render_inline(option["text"]),
            "chosen": option["id"] in chosen,
            "right": option["id"] in right,
        }
        for option in question["options"]
    ]
    return {"options": options, "multiple": question["multiple"]}


def _predict(question: Question, given: Any, found: Question | None) -> Question:
    typed = given if isinstance(given, str) else ""
    return {
        "answer": typed,
        "rows": max(3, typed.count("\n") + 1),
        "printed": found["key"] if found else "",
    }


def _order(question: Question, given: Any, found: Question | None) -> Question:
    """Until the learner has put the lines in order, they have the places they are shown in."""
    lines = question["lines"]
    has_extra = question.get("has_extra", False)
    order = _order_given(given, lines)
    if order is None:
        order = [] if has_extra else list(range(len(lines)))
    places = {at: place for place, at in enumerate(order, start=1)}
    key = _key_lines(found)
    return {
        "has_extra": has_extra,
        "lines": [
            {
                "id": str(at),
                "text": text,
                "place": places.get(at),
                "right": _stands_right(text, places.get(at), key),
            }
            for at, text in _as_ordered(lines, order)
        ],
    }


def _key_lines(found: Question | None) -> list[str]:
    """The right order: theirs, if another one than the author's was right."""
    if found is None:
        return []
    told: str = found["shown"] if found["right"] else found["key"]
    return told.split("\n")


def _order_given(given: Any, lines: list[str]) -> list[int] | None:
    """The positions of the given lines. A line is named by its position as shown or its text."""
    if not isinstance(given, list):
        return None
    order: list[int] = []
    for part in given:
        at = lines.index(part) if part in lines else part
        if isinstance(at, int) and at < len(lines) and at not in order:
            order.append(at)
    return order


def _as_ordered(lines: list[str], order: list[int]) -> list[tuple[int, str]]:
    placed = [(at, lines[at]) for at in order]
    return placed + [(at, text) for at, text in enumerate(lines) if at not in order]


def _stands_right(text: str, place: int | None, key: list[str]) -> bool:
    if place is None:
        return text not in key
    return place <= len(key) and key[place - 1] == text


def _fill(question: Question, given: Any, found: Question | None) -> Question:
    texts = given if isinstance(given, Mapping) else {}
    parts = dict(zip(question["gaps"], found["parts"], strict=True)) if found else {}
    pieces: list[Question] = []
    for at, piece in enumerate(GAP.split(question["code"])):
        if at % 2 == 0:
            pieces.append({"text": piece})
        else:
            value = texts.get(piece, "")
            right = parts.get(int(piece), False)
            pieces.append({"gap": piece, "value": value, "size": 12, "right": right})
    return {"pieces": pieces}


_OWN = {"choose": _choose, "predict": _predict, "order": _order, "fill": _fill}
