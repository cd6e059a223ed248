from importlib import import_module

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "countersign.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every process that sends a task needs the application, not Celery's default one."""
        import_module("countersign.celery")
        from countersign.grading.services import each_round
        from countersign.operations.erasure import ring_if_due

        each_round(ring_if_due)
