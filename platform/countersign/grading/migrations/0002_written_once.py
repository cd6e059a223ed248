"""The database itself refuses changes to what is written once."""

from django.db import migrations

from countersign.common.immutable import refuse_changes, refuse_moves

MOVES = {
    "queued": ("running", "cancelled"),
    "running": ("queued", "done", "fault", "cancelled"),
    "done": (),
    "fault": (),
    "cancelled": (),
}


class Migration(migrations.Migration):
    dependencies = [("grading", "0001_initial")]

    operations = [
        refuse_changes("grading_sealedverdict"),
        refuse_changes(
            "grading_result",
            only=["run_id", "submission_id", "status", "score", "shown", "engine", "made_at"],
        ),
        refuse_moves("grading_run", "state", MOVES),
    ]
