"""The Celery application. Tasks carry ids only; the database holds the truth."""

import os
from typing import Any

from celery import Celery, signals
from celery.app.utils import Settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countersign.settings")

app = Celery("countersign")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def _keep_our_logging(**_: Any) -> None:
    """With a receiver here Celery leaves the logging that Django's settings set up alone."""


@signals.celeryd_init.connect
def _become_a_worker(conf: Settings, **_: Any) -> None:
    """Before a worker connects to anything."""
    from countersign.operations import worker_life

    worker_life.prepare(app, conf)
