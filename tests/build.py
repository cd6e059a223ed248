"""The invoice checker that learners build in turns, as tests use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from countersign.exercises.models import ExerciseVersion
from countersign.exercises.services import keep_version
from grader.exercise import from_files, load
from grader.kinds.build.partner import build_spec, partner_files

EXERCISE = load(
    Path(__file__).parents[1]
    / "curriculum"
    / "courses"
    / "vibe-coding-that-survives-monday"
    / "01-small-steps"
    / "invoices-that-do-not-add-up"
)
STARTER = EXERCISE.folder("starter")["invoices.py"]
FINISHED = partner_files(EXERCISE, built=3, taken=build_spec(EXERCISE).correct)["invoices.py"]
SUM = "Write expected(invoice). It adds up the lines. Samples are free."
ASK = "Write to_ask_about(invoices). Let 5 cents pass."
REPORT = "Write report(invoices), in euros."
MEND = "Returned goods have to lower the total again."
SUM_CHECKS = ["two-lines", "sent-back", "sample"]


def build_version(*, aided: bool = True, turns: int = 8) -> ExerciseVersion:
    """A kept version of it."""
    files = dict(EXERCISE.files)
    files["exercise.yaml"] = files["exercise.yaml"].replace("turns: 8", f"turns: {turns}")
    if not aided:
        files["exercise.yaml"] += "aided: false\n"
    return keep_version(replace(from_files(files), files=files))
