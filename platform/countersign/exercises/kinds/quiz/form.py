"""Reads the answers to a quiz from a form.

A question's field has the question's id as its name. Lines to put in order have a place each
(``<id>.place.<line>``), gaps a text each (``<id>.gap.<number>``), and every question may say how
sure the learner is (``<id>.sure``).
"""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from countersign.exercises.kinds.face import typed
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

SURE = ("guess", "fairly", "certain")


def first_answer(version: ExerciseVersion) -> Answer:
    """Nothing is answered yet."""
    return Answer()


def read(version: ExerciseVersion, post: QueryDict) -> Answer:
    """What was answered, question by question; what was left open is not in it."""
    fields = {
        question["id"]: given
        for question in version.shown["questions"]
        if (given := _given(question, post))
    }
    return Answer(fields=fields)


def _given(question: dict[str, Any], post: QueryDict) -> dict[str, Any]:
    given = {"answer": _READERS[question["type"]](question, post), "sure": _sure(question, post)}
    return {name: value for name, value in given.items() if value not in (None, "", [], {})}


def _sure(question: dict[str, Any], post: QueryDict) -> str:
    said = post.get(f"{question['id']}.sure", "")
    return said if said in SURE else ""


def _choose(question: dict[str, Any], post: QueryDict) -> Any:
    known = [option["id"] for option in question["options"]]
    chosen = [given for given in post.getlist(question["id"]) if given in known]
    return chosen if question["multiple"] else next(iter(chosen), None)


def _predict(question: dict[str, Any], post: QueryDict) -> Any:
    return typed(post.get(question["id"], ""))


def _order(question: dict[str, Any], post: QueryDict) -> Any:
    """The lines' positions as shown, in the order the learner gave them."""
    places = {
        at: post.get(f"{question['id']}.place.{at}", "").strip()
        for at in range(len(question["lines"]))
    }
    placed = [at for at, place in places.items() if place.isascii() and place.isdecimal()]
    return sorted(placed, key=lambda at: (int(places[at][:9]), at))


def _fill(question: dict[str, Any], post: QueryDict) -> Any:
    texts = {
        str(gap): typed(post.get(f"{question['id']}.gap.{gap}", "")) for gap in question["gaps"]
    }
    return {gap: text for gap, text in texts.items() if text.strip()}


_READERS = {"choose": _choose, "predict": _predict, "order": _order, "fill": _fill}
