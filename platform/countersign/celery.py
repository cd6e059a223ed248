"""The Celery application. Tasks carry ids only; the database holds the truth."""

import os
from typing import Any

from celery import Celery, signals

from countersign.operations import processes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countersign.settings")

app = Celery("countersign")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.setup_logging.connect
def _keep_our_logging(**_: Any) -> None:
    """With a receiver here Celery leaves the logging that Django's settings set up alone."""


@signals.worker_process_init.connect
def _end_with_worker(**_: Any) -> None:
    processes.end_with_parent()
