"""Mistakes that authors make, planted one at a time: the checks name each with place and remedy.

Every one starts from a draft that is proven (tests/authoring/test_checking.py), and is looked for
where an author reads of it: among the findings of the checks' page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from countersign.authoring import starts
from countersign.authoring.services import checking, writing
from countersign.courses.models import Skill
from countersign.web.teach.authoring.checks import full_context
from countersign.web.teach.authoring.reading import Finding
from tests.cast import Cast

Files = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """What is done to a draft of ``kind``, and what has to be said of it, and where."""

    name: str
    kind: str
    plant: Callable[[Files], Files]
    file: str
    says: str
    part: str


def _in(path: str, old: str, new: str) -> Callable[[Files], Files]:
    def plant(files: Files) -> Files:
        assert old in files[path], f"{path} has no {old!r}"
        return {**files, path: files[path].replace(old, new)}

    return plant


def _without(path: str) -> Callable[[Files], Files]:
    return lambda files: {name: text for name, text in files.items() if name != path}


def _with(path: str, text: str) -> Callable[[Files], Files]:
    return lambda files: {**files, path: text}


YAML = "exercise.yaml"
LONG = " ".join(["word"] * 40)

MISTAKES = (
    Mistake(
        name="YAML that can't be read",
        kind="code",
        plant=_in(YAML, "minutes: 5", "minutes: [5"),
        file=YAML,
        says="YAML",
        part="basics",
    ),
    Mistake(
        name="a key that doesn't exist",
        kind="code",
        plant=_in(YAML, "summary:", "sumary:"),
        file=YAML,
        says="There is no key “sumary”",
        part="files",
    ),
    Mistake(
        name="a key given twice",
        kind="code",
        plant=_in(YAML, "minutes: 5", "minutes: 5\nminutes: 6"),
        file=YAML,
        says="here twice",
        part="basics",
    ),
    Mistake(
        name="no title",
        kind="quiz",
        plant=_in(YAML, "title: A new quiz\n", ""),
        file=YAML,
        says="“title” is missing",
        part="files",
    ),
    Mistake(
        name="a kind that doesn't exist",
        kind="quiz",
        plant=_in(YAML, "kind: quiz", "kind: essay"),
        file=YAML,
        says="There is no kind “essay”",
        part="files",
    ),
    Mistake(
        name="only two hints",
        kind="code",
        plant=_in(YAML, "  - Read the second rule once more.\n", ""),
        file=YAML,
        says="hints",
        part="hints",
    ),
    Mistake(
        name="a brief that is empty",
        kind="code",
        plant=_with("README.md", ""),
        file="README.md",
        says="missing or empty",
        part="brief",
    ),
    Mistake(
        name="another exercise's uuid",
        kind="code",
        plant=_in(YAML, "uuid: ", "uuid: 0c7b3a5e-4f0f-4c57-9a53-0d6a1a3f8a11 #"),
        file=YAML,
        says="uuid isn't the one",
        part="files",
    ),
    Mistake(
        name="a skill that doesn't exist",
        kind="code",
        plant=_in(YAML, "read.trace", "read.minds"),
        file=YAML,
        says="There is no skill “read.minds”",
        part="basics",
    ),
    Mistake(
        name="a reference that is wrong",
        kind="code",
        plant=_in("reference/solution.py", "min(14,", "min(15,"),
        file="reference/solution.py",
        says="doesn't pass",
        part="reference",
    ),
    Mistake(
        name="a reference that never ends",
        kind="code",
        plant=_in("reference/solution.py", "import math", "while True: pass"),
        file="reference/solution.py",
        says="still running when its time was up",
        part="reference",
    ),
    Mistake(
        name="a starter that passes already",
        kind="code",
        plant=_with(
            "starter/solution.py",
            "import math\n\n\ndef cost(hours):\n    return min(14, math.ceil(hours) * 2)\n",
        ),
        file="starter/solution.py",
        says="The starter passes",
        part="starter",
    ),
    Mistake(
        name="a rule without a check",
        kind="code",
        plant=_in(
            YAML,
            '  - {id: long, requirement: most, title: A long stay, call: "cost(9)", returns: 14}\n',
            "",
        ),
        file=YAML,
        says="most",
        part="rules",
    ),
    Mistake(
        name="a check of a rule that doesn't exist",
        kind="code",
        plant=_in(YAML, "id: short, requirement: hours", "id: short, requirement: ours"),
        file=YAML,
        says="ours",
        part="rules",
    ),
    Mistake(
        name="a check that expects two things",
        kind="code",
        plant=_in(YAML, "returns: 4}", "returns: 4, raises: ValueError}"),
        file=YAML,
        says="one thing that it expects",
        part="rules",
    ),
    Mistake(
        name="a call that runs code",
        kind="code",
        plant=_in(YAML, 'call: "cost(0.2)"', "call: \"cost(open('x'))\""),
        file=YAML,
        says="can't be read",
        part="rules",
    ),
    Mistake(
        name="a hint that gives a hidden value away",
        kind="code",
        plant=lambda files: {
            **files,
            YAML: files[YAML]
            .replace('"cost(9)"', '"cost(31)"')
            .replace("  - Read the second rule once more.", "  - What if somebody stays 31 hours?"),
        },
        file=YAML,
        says="“31”, which only hidden checks know",
        part="hints",
    ),
    Mistake(
        name="unkind words",
        kind="code",
        plant=_in(YAML, "A long stay costs too much.", "Oops, simply wrong."),
        file=YAML,
        says="oops",
        part="rules",
    ),
    Mistake(
        name="a sentence of forty words",
        kind="code",
        plant=_with("README.md", f"# Tickets\n\nWrite `cost(hours)`. {LONG}.\n"),
        file="README.md",
        says="A sentence has 40 words",
        part="brief",
    ),
    Mistake(
        name="an image without words",
        kind="quiz",
        plant=_in("README.md", "# Counting mugs", "# Counting mugs\n\n![](mugs.png)"),
        file="README.md",
        says="An image has no words",
        part="brief",
    ),
    Mistake(
        name="a name that the learner is never told",
        kind="code",
        plant=lambda files: {
            path: text.replace("`cost(hours)`", "a function").replace("cost", "fee")
            if path == "README.md"
            else text.replace("visible: true, ", "").replace("cost(hours)", "charge(hours)")
            if path == "starter/solution.py"
            else text.replace("visible: true, ", "")
            for path, text in files.items()
        },
        file="README.md",
        says="nothing tells the learner so",
        part="brief",
    ),
    Mistake(
        name="no bad answer",
        kind="quiz",
        plant=_without("answers/failed-no-delivery.yaml"),
        file="answers",
        says="no stored answer that is wrong",
        part="answers",
    ),
    Mistake(
        name="a bad answer that passes",
        kind="code",
        plant=_with(
            "answers/failed-no-limit.py",
            "import math\n\n\ndef cost(hours):\n    return min(14, math.ceil(hours) * 2)\n",
        ),
        file="answers/failed-no-limit.py",
        says="came out as passed",
        part="answers",
    ),
    Mistake(
        name="a good answer that doesn't pass",
        kind="quiz",
        plant=_in("answers/passed-both.yaml", 'answer: "5"', 'answer: "6"'),
        file="answers/passed-both.yaml",
        says="came out as failed",
        part="answers",
    ),
    Mistake(
        name="an answer whose name says nothing",
        kind="code",
        plant=_with("answers/another.py", "def cost(hours):\n    return 1\n"),
        file="answers/another.py",
        says="name doesn't say what it is",
        part="answers",
    ),
    Mistake(
        name="a program to predict that prints something else each time",
        kind="quiz",
        plant=_in(YAML, "print(mugs - 2)", "import time; print(mugs - 2, time.time_ns())"),
        file=YAML,
        says="",
        part="questions",
    ),
    Mistake(
        name="a foreseen wrong answer that is right",
        kind="quiz",
        plant=_in(YAML, 'says: "1"', 'says: "5"'),
        file=YAML,
        says="",
        part="questions",
    ),
    Mistake(
        name="a question without a right option",
        kind="quiz",
        plant=_in(YAML, "correct: true, ", ""),
        file=YAML,
        says="",
        part="questions",
    ),
    Mistake(
        name="a defect that no test catches",
        kind="review",
        plant=_in("hidden/test_fees.py", "loan(200)) == 500", "loan(20)) == 340"),
        file=YAML,
        says="no-limit",
        part="defects",
    ),
    Mistake(
        name="a defect in a line that isn't there",
        kind="review",
        plant=_in(YAML, "lines: 8", "lines: 80"),
        file=YAML,
        says="Line 80 isn't there",
        part="defects",
    ),
    Mistake(
        name="a correction that Python can't read",
        kind="review",
        plant=_in(YAML, "return min(fee, MOST_CENTS)", "return min(fee, MOST_CENTS"),
        file=YAML,
        says="fees.py",
        part="defects",
    ),
    Mistake(
        name="a witness that doesn't exist",
        kind="review",
        plant=_in(YAML, "tests: [test_never_more_than_the_most]", "tests: [test_of_nothing]"),
        file=YAML,
        says="test_of_nothing",
        part="defects",
    ),
    Mistake(
        name="a call that lets bad work through",
        kind="review",
        plant=_in(YAML, "calls: [fix]", "calls: [fix, use]"),
        file=YAML,
        says="`use` is allowed",
        part="defects",
    ),
    Mistake(
        name="a hint that names a defect's line",
        kind="review",
        plant=_in(
            YAML,
            "  - What happens on the very day",
            "  - Look at line 7. What happens on the very day",
        ),
        file=YAML,
        says="names a line",
        part="hints",
    ),
    Mistake(
        name="a wrong program that one's own tests let through",
        kind="test",
        plant=_in(
            "answers/passed-edges.yaml", "  - {call: price(-1), gives: raises ValueError}\n", ""
        ),
        file=YAML,
        says="takes-minus",
        part="mutants",
    ),
    Mistake(
        name="a wrong program that is the right one",
        kind="test",
        plant=_in(YAML, 'replaced: "if age < 12:"', 'replaced: "if age <= 12:"'),
        file=YAML,
        says="same program",
        part="mutants",
    ),
    Mistake(
        name="a decision that nothing checks",
        kind="prompt",
        plant=_in(
            YAML,
            '{id: many, requirement: most, title: A large group, call: "price(20)", returns: 150}',
            '{id: many, requirement: group, title: Four, call: "price(4)", returns: 48}',
        ),
        file=YAML,
        says="most",
        part="decisions",
    ),
    Mistake(
        name="a brief that can be pasted and passes",
        kind="prompt",
        plant=_with(
            "README.md",
            "# The tour\n\nWrite price(people). One person pays 12. From 10 people on each pays 9. "
            "The total is 150 at most. Raise ValueError when nobody comes.\n",
        ),
        file=YAML,
        says="brief pasted whole",
        part="decisions",
    ),
    Mistake(
        name="code to explain that does something else",
        kind="explain",
        plant=_in("starter/solution.py", ">= 10", "> 10"),
        file=YAML,
        says="The code to explain gives",
        part="tests",
    ),
    Mistake(
        name="a claim whose key the cells don't bear out",
        kind="decide",
        plant=_in(YAML, 'claimed: "< 0.5"', 'claimed: "> 0.5"'),
        file=YAML,
        says="",
        part="claims",
    ),
)


def _found(people: Cast, mistake: Mistake) -> tuple[Finding, ...]:
    """What the checks' page says of a draft with this mistake in it."""
    made = writing.begin(organisation=people.northgate, kind=mistake.kind, actor=people.ben)
    files = mistake.plant(writing.newest(made).files)
    writing.replace_all(manuscript=made, files=files, actor=people.ben, note="a mistake")
    asked = checking.ask(manuscript=made, revision=writing.newest(made), actor=people.ben)
    checking.run(asked.pk)
    context = full_context(made)
    assert context["why_not"], "it can't be published"
    found: tuple[Finding, ...] = context["findings"]
    return found


@pytest.fixture(autouse=True)
def skills(db: None) -> None:
    """The skills that the drafts name."""
    names = ["read.trace", "read.explain", "review.logic", "review.tests", "prompt.edges"]
    for position, name in enumerate([*names, "decide.claims", "decide.stakes"]):
        Skill.objects.create(id=name, competency="c", title=name, evidence="e", position=position)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_planted_mistake_is_named_with_its_place_and_remedy(
    people: Cast, mistake: Mistake
) -> None:
    found = _found(people, mistake)

    named = [
        each
        for each in found
        if each.file.startswith(mistake.file)
        and mistake.says in each.message
        and each.part.id == mistake.part
    ]
    told = [(each.place, each.message, each.remedy, each.part.id) for each in found]
    assert named, told
    assert all(each.remedy for each in named), told
    assert all(each.line for each in named if each.file == YAML), told


def test_there_are_at_least_25_kinds_of_mistake_over_all_kinds() -> None:
    assert len({mistake.name for mistake in MISTAKES}) >= 25
    assert {mistake.kind for mistake in MISTAKES} == set(starts.whole_kinds())
