from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "countersign.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.accounts import trail

        trail.listen()
