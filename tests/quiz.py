"""A small quiz with one question of each type. Words that only a verdict may show say canary."""

from __future__ import annotations

from uuid import uuid4

QUIZ_YAML = """\
uuid: {uuid}
title: What comes first?
kind: quiz
skills: [read.trace]
minutes: 3
summary: Four short questions.
hints:
  - Read from the top.
  - What does each name stand for?
  - Say every line aloud.
questions:
  - id: name
    type: choose
    ask: Which line gives a **name** a value?
    explain: The sign puts the name on. canary-explain
    options:
      - {{id: a, text: "`5 = seats`", why: "canary-why-a"}}
      - {{id: b, text: "`seats = 5`", correct: true, why: "canary-why-b"}}
  - id: prints
    type: predict
    ask: What does this print?
    code: |
      a = 2
      print(a + 3)
    explain: Two and three. canary-explain
    feedback:
      - {{says: "23", why: "canary-typical"}}
  - id: lines
    type: order
    ask: Put the lines in order.
    lines: ["a = 1", "b = a + 2", "print(b)"]
    explain: A name needs a value first. canary-explain
  - id: gaps
    type: fill
    ask: Fill the gap.
    code: |
      a = 3
      print(a ___1___ 3)
    gaps:
      1: {{accept: ["=="]}}
    explain: Two signs ask. canary-explain
"""

RIGHT = {"name": "b", "prints": "5", "gaps.gap.1": "=="}
"""Form fields of right answers, but for the lines, whose places depend on the shuffle."""


def quiz_files() -> dict[str, str]:
    """The quiz as its author's files."""
    return {
        "exercise.yaml": QUIZ_YAML.format(uuid=uuid4()),
        "README.md": "# What comes first?\n\nFour short questions.",
        "coach.md": "Usual mistake: reading from the bottom.",
    }
