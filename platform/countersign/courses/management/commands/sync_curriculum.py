"""Curriculum files become a release. The same files are the same release."""

from __future__ import annotations

import subprocess
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from countersign.courses.services import release
from countersign.events import outbox
from grader.curriculum import load_curriculum


class Command(BaseCommand):
    help = "Load the curriculum folder as a release (prints nothing new for the same content)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=settings.CURRICULUM)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        curriculum = load_curriculum(path)
        if curriculum.problems:
            raise CommandError("\n".join(str(problem) for problem in curriculum.problems))
        made, is_new = release(curriculum, git_sha=_git_sha(path))
        outbox.deliver()
        word = "made" if is_new else "is unchanged"
        courses = len(curriculum.courses)
        self.stdout.write(f"Release {made.number} {word}: {courses} courses.")


def _git_sha(path: Path) -> str:
    """The commit the files came from, or nothing outside a checkout."""
    try:
        found = subprocess.run(  # noqa: S603 -- a fixed command on the operator's own folder
            ["git", "-C", str(path), "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except OSError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
