"""The database itself refuses changes to what is written once."""

from django.db import migrations

from countersign.common.immutable import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        refuse_changes("audit_entry", deletes=True),
    ]
