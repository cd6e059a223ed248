"""Every process uses the product's Celery application."""

from celery import current_app
from django.conf import settings

from countersign.celery import app

QUEUES = {"grading.fast": "grading", "grading.bulk": "grading", "events.deliver": "default"}


def test_a_task_is_sent_by_our_application() -> None:
    assert current_app.main == app.main == "countersign"
    assert app.conf.broker_url == settings.BROKER_URL


def test_the_tasks_that_grade_have_a_queue_of_their_own() -> None:
    found = {name: app.amqp.router.route({}, name)["queue"].name for name in QUEUES}

    assert found == QUEUES
