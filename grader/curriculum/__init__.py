"""Reads the curriculum's folders: skills, courses, modules, lessons, exercises.

A fault breaks the part that has it, never the whole: everything that can be read is there,
and ``Curriculum.problems`` names the rest with file, line and remedy.
"""

from grader.curriculum.files import Prediction, Skill, predictions
from grader.curriculum.loader import load_curriculum
from grader.curriculum.tree import (
    Course,
    Curriculum,
    Lesson,
    Module,
    PlacedExercise,
    SkillCheck,
)

__all__ = [
    "Course",
    "Curriculum",
    "Lesson",
    "Module",
    "PlacedExercise",
    "Prediction",
    "Skill",
    "SkillCheck",
    "load_curriculum",
    "predictions",
]
