from django.apps import AppConfig


class GradingConfig(AppConfig):
    name = "countersign.grading"
    label = "grading"
    default_auto_field = "django.db.models.BigAutoField"
