"""The database itself refuses changes to what is written once."""

from django.db import migrations

from countersign.common.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]

    operations = [
        refuse_changes("exercises_exerciseversion"),
        refuse_changes("exercises_sealedfiles"),
    ]
