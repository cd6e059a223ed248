"""Does work go on? Asked by the supervisors, the ready check and the operator's page."""

from __future__ import annotations

import logging

from django.db import DatabaseError, close_old_connections

from countersign.grading.services import health
from countersign.llm import connections, jobs

log = logging.getLogger(__name__)


def stands_still() -> bool:
    """Whether something has waited for a while and nobody took anything meanwhile.

    A database that doesn't answer is not the workers' fault: False.
    """
    try:
        close_old_connections()
        return health().is_stalled or jobs.stand_still()
    except DatabaseError:
        log.exception("The state of the queue can't be read")
        return False


def a_model_is_configured() -> bool:
    """Whether workers that ask a model would have anything to do."""
    try:
        close_old_connections()
        return connections.is_anything_configured()
    except DatabaseError:
        log.exception("Whether a model is configured can't be read")
        return False
