from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "countersign.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from countersign.events import outbox
        from countersign.grading.events import SubmissionGraded
        from countersign.grading.services import each_round
        from countersign.insights import handlers, services
        from countersign.insights.events import ExportAsked, ItemsDue
        from countersign.learning.events import EvidenceLeftOut

        about = ("learner", "cohort")
        outbox.subscribe(SubmissionGraded, handlers.refresh_snapshot, about=about)
        outbox.subscribe(ItemsDue, handlers.work_out_items, about=("organisation",))
        each_round(services.look_for_due)
        outbox.subscribe(EvidenceLeftOut, handlers.refresh_snapshot, about=about)
        outbox.subscribe(ExportAsked, handlers.write_export)
