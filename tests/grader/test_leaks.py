"""The guard that keeps what hidden checks know out of learners' sight."""

from __future__ import annotations

import pytest

from grader.checks.hidden import leaks, literals_of_code, literals_of_value


@pytest.mark.parametrize(
    ("text", "hidden", "given_away"),
    [
        ("Try it with 27 days.", [27], ("27",)),
        ("Try it with 27 days.", [27.0], ("27",)),
        ("Try it with 5 days.", [5], ()),
        ("Try 270 days.", [27], ()),
        ("It costs 12.50.", [12.5], ("12.5",)),
        ("What about -40?", [-40], ("40",)),
        ("What about Nora?", ["Nora"], ("Nora",)),
        ("What about nora?", ["Nora"], ("Nora",)),
        ("What about Noras?", ["Nora"], ()),
        ("What about Ann?", ["Ann"], ()),
        ("The total is 4711.", ["Total: 4711"], ("4711",)),
        ("Say Total: 4711 here", ["Total: 4711"], ("Total: 4711", "4711")),
    ],
)
def test_a_telling_literal_is_found(
    text: str, hidden: list[str | float], given_away: tuple[str, ...]
) -> None:
    assert leaks(text, hidden, known="") == given_away


def test_what_the_learner_was_shown_gives_nothing_away() -> None:
    assert leaks("After 14 days", [14], known="14 days are free") == ()
    assert leaks("Ask Nora", ["Nora"], known="Nora borrows a drill.") == ()


def test_literals_are_found_in_code_and_values_but_not_in_docstrings() -> None:
    source = (
        '"""About 99."""\ndef test_it():\n    """And 98."""\n    assert f("Nora", -12) == [3]\n'
    )

    assert set(literals_of_code(source)) == {"Nora", 12, 3}
    assert list(literals_of_value({"a": [1, (2.5, {"b"})], "c": True})) == ["a", "c", 1, 2.5, "b"]
