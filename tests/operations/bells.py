"""A Celery application whose only task leaves a file. Its workers are set up as ours are: the
product's receiver of ``celeryd_init`` hears of every worker in its process."""

from pathlib import Path

import django
from celery import Celery

django.setup()

app = Celery("bells", set_as_current=False)
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task(name="bells.leave")
def leave(path: str) -> None:
    Path(path).touch()
