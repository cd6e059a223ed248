"""What the image holds is enough to serve, tried without an engine.

The steps of the Dockerfile that need no root are done in a folder: its COPY lines fill it, its
ENV lines are the environment.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
RUNTIME = DOCKERFILE.rpartition("FROM ")[2]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the image's /app would."""
    app = tmp_path_factory.mktemp("image")
    ignored = shutil.ignore_patterns("__pycache__")
    for line in re.findall(r"^COPY (?!--from)(.+)$", RUNTIME, re.MULTILINE):
        *sources, target = line.split()
        for source in sources:
            place = app / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=ignored)
            else:
                place.mkdir(exist_ok=True)
                shutil.copy(ROOT / source, place)
    return app


def _environment(app: Path) -> dict[str, str]:
    line = re.search(r"^ENV (.+)$", RUNTIME, re.MULTILINE)
    assert line is not None
    pairs = dict(pair.split("=", 1) for pair in line[1].split())
    named = {name: value.replace("/app", str(app)) for name, value in pairs.items()}
    var = app / "var"
    var.mkdir(exist_ok=True)
    return {**named, "PATH": os.environ["PATH"], "COUNTERSIGN_VAR": str(var)}


def _manage(app: Path, *arguments: str, **names: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        check=False,
        cwd=app,
        env={**_environment(app), **names},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_files_of_the_page_are_collected_with_hashed_names(image: Path) -> None:
    _manage(image, "collectstatic", "--noinput", SECRET_KEY="for-collecting-only")

    assert (image / "static" / "staticfiles.json").exists()
    assert list((image / "static" / "dist").glob("ui.*.css"))


def test_the_program_is_whole(image: Path) -> None:
    told = _manage(image, "check", SECRET_KEY="k" * 50)

    assert "no issues" in told


def test_the_image_runs_as_nobody_special() -> None:
    assert re.search(r"^USER 10001:10001$", RUNTIME, re.MULTILINE)


def test_every_package_is_installed_by_hash() -> None:
    installs = re.findall(r"pip install (.+)", DOCKERFILE)

    assert installs
    assert all("--require-hashes" in line and ":all:" in line for line in installs)


def test_what_is_copied_is_not_ignored() -> None:
    """.dockerignore ignores everything but what it names."""
    named = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = set()
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        copied |= set(line.split()[:-1])

    assert copied == named
