"""What keeps a ``build`` exercise from being published."""

from __future__ import annotations

import pytest

from grader.engine import Tools
from grader.exercise import ExerciseError, from_files
from grader.publish import check
from tests.grader.test_build import EXERCISE

YAML = "exercise.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (YAML, "turns: 8", "turns: 3", "3 turns aren’t enough"),
        (YAML, "breaks: sum", "breaks: report", "isn't a milestone before this one"),
        (YAML, "breaks: sum", "breaks: ask", "No visible case of “ask” notices the drill"),
        (
            YAML,
            "requirement: sum, title: Two lines",
            "requirement: som, title: Two",
            "There is no milestone “som”",
        ),
        (YAML, "code: difference > 0", "code: abs(difference) > 5", "notices the wrong option"),
        (YAML, "code: difference > 0", "code: difference >", "can’t be read"),
        (
            YAML,
            "Write report(invoices), one line",
            "Print it, one by one",
            "isn’t read as a request for “milestone:report”",
        ),
        (YAML, "- Samples are free.", "- Samples cost extra.", "is read as unstated, not as zero"),
        (YAML, "about: small differences", "about: letting 5 cents pass", "states “slack” as few"),
        (YAML, "A minus in the lines was lost.", "It was 1180.", "says “1180”"),
        (YAML, "returns: 1900}", "returns: 1901}", "gets 1900"),
        ("partner/ask/invoices.py", "{slack}", "difference", "has no slot {slack}"),
        (
            "partner/sum/invoices.py",
            "count * price",
            "count * price  # {money}",
            "which is decided later",
        ),
        ("partner/report.drill/invoices.py", "abs(count)", "count", "notices the drill"),
        (
            "partner/report.drill/invoices.py",
            'invoice["number"] + ": "',
            '"?" + ": "',
            "of its own milestone gets",
        ),
        (
            "answers/passed-mends-it-later.yaml",
            "Returned goods have to lower",
            "Never mind",
            "It came out as failed",
        ),
        ("answers/failed-leaves-it-open.yaml", "did: accepted", "did: open", "came out as invalid"),
    ],
)
def test_an_exercise_that_proves_too_little_is_kept_back(
    file: str, old: str, new: str, said: str, tools: Tools
) -> None:
    files = dict(EXERCISE.files)
    files[file] = files[file].replace(old, new, 1)
    try:
        found = [str(problem) for problem in check(from_files(files), tools=tools)]
    except ExerciseError as problem:  # a fault of the format, told with its line
        found = [str(problem)]

    assert any(said in each for each in found)


def test_a_missing_partner_folder_is_named() -> None:
    files = {path: text for path, text in EXERCISE.files.items() if "report.drill" not in path}

    with pytest.raises(ExerciseError, match=r"nothing in partner/report\.drill/"):
        from_files(files)
