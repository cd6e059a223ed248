import countersign.common.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Figures can be worked out anew at any time (`manage.py recompute_insights`): none are moved."""

    dependencies = [
        ("cohorts", "0002_written_once"),
        ("insights", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="Snapshot"),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="snapshot",
                        serialize=False,
                        to="cohorts.enrolment",
                    ),
                ),
                ("figures", models.JSONField()),
                ("computed_at", models.DateTimeField(default=countersign.common.clock.now)),
            ],
        ),
    ]
