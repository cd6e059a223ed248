from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "countersign.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.api import schema  # noqa: F401 -- the description finds it by subclass
