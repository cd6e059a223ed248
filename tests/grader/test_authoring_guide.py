"""The guide for authors says what is true: its example is a sound exercise."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from grader.engine import Tools
from grader.exercise import from_files
from grader.publish import check
from tests.grader.examples import example

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "authoring.md").read_text(encoding="utf-8")
QUIZ = (DOCS / "authoring" / "quiz.md").read_text(encoding="utf-8")
DECIDE = (DOCS / "authoring" / "decide.md").read_text(encoding="utf-8")
FILE = re.compile(r"^\*\*`([^`]+)`\*\*.*?^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_worked_example_can_be_published(tools: Tools) -> None:
    files = {path: text for path, text in FILE.findall(GUIDE) if "/" in path or "." in path}

    exercise = from_files(files)

    assert exercise.title == "The bill that leaves out a night"
    assert check(exercise, tools=tools) == ()


def test_the_examples_of_questions_can_be_published(tools: Tools) -> None:
    block = re.search(r"```yaml\n(questions:.*?)```", QUIZ, re.DOTALL)
    assert block is not None
    files = dict(example("first-prints").files)
    head = files["exercise.yaml"].partition("questions:")[0]
    answers = {
        "answers/passed-all.yaml": {
            "which": {"answer": "a", "sure": "certain"},
            "prints": {"answer": "6"},
            "lines": {"answer": [0, 1]},
            "gaps": {"answer": {"1": "!="}},
        },
        "answers/failed-five.yaml": {"prints": {"answer": "5"}},
    }
    texts = {name: yaml.safe_dump(answer) for name, answer in answers.items()}
    kept = {name: files[name] for name in ("README.md", "coach.md")}

    exercise = from_files({**kept, "exercise.yaml": head + block[1], **texts})

    assert check(exercise, tools=tools) == ()


def test_the_case_of_the_guide_can_be_published(tools: Tools) -> None:
    exercise_file, answer = re.findall(r"```yaml\n(.*?)```", DECIDE, re.DOTALL)
    wrong = answer.replace("choice: open", "choice: shut").replace("status: wrong", "status: holds")

    exercise = from_files(
        {
            "exercise.yaml": exercise_file,
            "README.md": "# Open on Sundays?\n\nA shop tried four Sundays. Should it go on?",
            "coach.md": "Usual mistake: taking what is likely for what holds.",
            "data/sales.csv": "sunday,pounds,rain\n1,340,no\n2,280,yes\n3,310,no\n4,270,yes\n",
            "data/notes.md": "A Sunday costs 250 pounds in wages.\n\nThe shop has one counter.\n",
            "answers/passed-all.yaml": answer,
            "answers/failed-believed.yaml": wrong,
        }
    )

    assert check(exercise, tools=tools) == ()


def test_the_decision_in_the_guide_to_prompts_is_one_of_a_sound_exercise() -> None:
    guide = (DOCS / "authoring" / "prompt.md").read_text(encoding="utf-8")
    decision = guide[guide.index("  - id: refunds") :].partition("```")[0].rstrip()
    exercises = (DOCS.parent / "curriculum").glob("courses/*/*/tips-for-the-team/exercise.yaml")

    assert any(decision in path.read_text(encoding="utf-8") for path in exercises)
