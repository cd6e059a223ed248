from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "countersign.grading"
    label = "grading"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.grading.services import build_writing, building, intake, writing
        from countersign.llm import jobs

        jobs.performs(intake.WRITING, writing.write, writing.call_off)
        jobs.performs(building.JOB, build_writing.write, building.give_up)
