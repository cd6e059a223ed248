"""A requirement that a prompt turns down is not taken for one that it states."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.exercise import load
from grader.kinds.decided import DecidedSpec
from grader.practice.recognise import Recogniser
from grader.practice.wordlists import words_in

ROOT = Path(__file__).parents[2] / "curriculum" / "courses"
TURNED_DOWN = (
    "Do not {}", "Don't {}", "never {}", "You must not {}", "It should not {}", "please dont {}",
    "There is no need to {}", "I do not want you to {}", "The code doesn't have to {}",
)  # fmt: skip
ORDERS = words_in(
    "round return ignore skip keep remove cap limit take use put sort count drop reject treat pay "
    "add start begin write cut raise include refuse only throw make deduct subtract compare leave"
)
MOST_ACCEPTED = 0.05


def turned_down() -> Iterator[tuple[Recogniser, str, str, str]]:
    """Every right phrasing that is an order, turned down in nine ways."""
    for path in sorted(ROOT.glob("*/*/*/exercise.yaml")):
        if "kind: prompt" not in path.read_text(encoding="utf-8"):
            continue
        spec = load(path.parent).spec
        assert isinstance(spec, DecidedSpec)
        recogniser = spec.recogniser()
        for decision in spec.decisions:
            for phrase in decision.examples.get(decision.correct, []):
                if _is_one_order(phrase):
                    for way in TURNED_DOWN:
                        text = way.format(phrase[0].lower() + phrase[1:])
                        yield recogniser, decision.id, decision.correct, text


def _is_one_order(phrase: str) -> bool:
    return phrase.split(maxsplit=1)[0].lower() in ORDERS and not set(":,.") & set(phrase[:-1])


def test_hardly_any_negated_requirement_is_accepted() -> None:
    read = [
        recogniser.stated(text)[decision].option == correct
        for recogniser, decision, correct, text in turned_down()
    ]

    assert len(read) > 300
    assert sum(read) / len(read) <= MOST_ACCEPTED
