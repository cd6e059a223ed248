"""A score may be out of less than 100, while a part waits for a person to mark it."""

from django.db import migrations, models

from countersign.common.immutable import refuse_changes

TABLE = "grading_result"
BEFORE = refuse_changes(
    TABLE, only=["run_id", "submission_id", "status", "score", "shown", "engine", "made_at"]
)
AFTER = refuse_changes(
    TABLE,
    only=["run_id", "submission_id", "status", "score", "max_score", "shown", "engine", "made_at"],
)


class Migration(migrations.Migration):
    dependencies = [
        ("grading", "0002_written_once"),
        ("submissions", "0002_written_once"),
    ]

    operations = [
        # SQLite makes the table anew and forgets its triggers, so they go first and come back
        migrations.RunPython(BEFORE.reverse_code, BEFORE.code),
        migrations.AddField(
            model_name="result",
            name="max_score",
            field=models.DecimalField(decimal_places=1, default=100, max_digits=4),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(max_score__gt=0, max_score__lte=100)
                & (models.Q(score__isnull=True) | models.Q(score__lte=models.F("max_score"))),
                name="a_score_is_at_most_its_maximum",
            ),
        ),
        AFTER,
    ]
