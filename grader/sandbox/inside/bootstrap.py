"""Where a template process starts: ``python -s -P -S bootstrap.py <control descriptor>``.

Makes the sandbox's own modules importable under their usual names, without running the packages'
``__init__`` and without putting the product on ``sys.path``.
"""

import sys
import types
from pathlib import Path

SANDBOX = Path(__file__).resolve().parent.parent


def room(name: str, folder: Path) -> None:
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


if __name__ == "__main__":
    room("grader", SANDBOX.parent)
    room("grader.sandbox", SANDBOX)
    from grader.sandbox.inside.template import serve

    serve(control=int(sys.argv[1]))
