"""The database itself refuses changes to what is written once."""

from django.db import migrations

from countersign.common.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0001_initial")]

    operations = [
        refuse_changes("cohorts_sharingchoice"),
    ]
