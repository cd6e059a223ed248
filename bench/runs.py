"""How long each part of grading took, as the site itself wrote it down: `python -m bench.runs`."""

from __future__ import annotations

import json

import django


def main() -> None:
    """Prints one object a run, oldest first: seconds until claimed, and until finished."""
    django.setup()
    from countersign.grading.models import Run, RunState

    rows = Run.objects.unscoped().filter(state=RunState.DONE).order_by("queued_at")
    times = rows.values_list("queued_at", "claimed_at", "finished_at")
    print(
        json.dumps(
            [
                {
                    "claimed": (claimed - queued).total_seconds(),
                    "finished": (finished - queued).total_seconds(),
                }
                for queued, claimed, finished in times
            ]
        )
    )


if __name__ == "__main__":
    main()
