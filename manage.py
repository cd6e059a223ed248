#!/usr/bin/env python3
"""Commands of the project: `up` runs it, `test` tests it, `help` lists the rest."""

import os
import sys
from pathlib import Path

from requirements import bootstrap

ROOT = Path(__file__).resolve().parent


def main() -> None:
    command = sys.argv[1:2]
    prepare(command)
    sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countersign.settings")
    if command == ["test"]:
        from tests import run

        sys.exit(run.everything(sys.argv[2:]))
    if command == ["up"]:
        from countersign.operations import embedded

        embedded.prepare(embedded.folder(ROOT))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def prepare(command: "list[str]") -> None:
    """See to it that what the command needs is installed."""
    if command == ["test"]:
        bootstrap.enter(bootstrap.RUNTIME, bootstrap.DEVELOPMENT)
    elif command == ["up"] or bootstrap.missing("django"):
        bootstrap.enter(bootstrap.RUNTIME)


if __name__ == "__main__":
    try:
        main()
    except bootstrap.Stopped as reason:
        sys.exit(str(reason))
