"""The database itself refuses changes to what is written once."""

from django.db import migrations

from countersign.common.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("submissions", "0001_initial")]

    operations = [
        refuse_changes(
            "submissions_submission",
            only=["attempt_id", "number", "answer", "content_hash", "idempotency_key", "received_at"],
        ),
    ]
