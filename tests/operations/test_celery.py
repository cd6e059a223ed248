"""Every process uses the product's Celery application, and every task has its own queue."""

from celery import current_app
from django.conf import settings

from countersign.authoring.tasks import run_checks
from countersign.celery import app
from countersign.events.tasks import deliver_due, deliver_event
from countersign.grading.tasks import grade_bulk, grade_fast, run_build_checks, run_probe
from countersign.llm.tasks import perform_job
from countersign.operations import parts


def _queue(task: str) -> str:
    return str(app.amqp.router.route({}, task)["queue"].name)


def test_a_task_is_sent_by_our_application() -> None:
    assert current_app.main == app.main == "countersign"
    assert app.conf.broker_url == settings.BROKER_URL


def test_only_work_that_runs_learners_code_goes_to_the_grading_workers() -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}

    in_grading = {name for name in ours if _queue(name) == "grading"}

    assert in_grading == {
        grade_fast.name,
        grade_bulk.name,
        run_probe.name,
        run_build_checks.name,
        run_checks.name,
    }


def test_messages_between_parts_go_to_the_default_workers() -> None:
    assert {_queue(deliver_due.name), _queue(deliver_event.name)} == {"default"}


def test_what_asks_a_model_goes_to_the_workers_that_hold_its_key() -> None:
    assert _queue(perform_job.name) == "llm"


def test_every_queue_has_a_worker() -> None:
    app.loader.import_default_modules()

    assert {_queue(name) for name in app.tasks} <= set(parts.QUEUES)


def test_every_task_is_named_after_its_module() -> None:
    """The routes go by this name: a task called otherwise would end up among the default ones."""
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}

    assert [name for name, task in ours.items() if not name.startswith(task.__module__)] == []
