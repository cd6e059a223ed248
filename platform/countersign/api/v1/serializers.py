"""What the API shows and takes. Every field is listed; unknown fields are refused."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from countersign.cohorts.models import Cohort, Enrolment, Sharing
from countersign.courses.models import Course, ExercisePlace, Lesson, Module
from countersign.exercises.models import ExerciseVersion
from countersign.grading.models import Result
from countersign.insights.services import RosterLine
from countersign.submissions.models import State, Submission
from grader.verdict import Verdict

LONGEST_FILE = 256 * 1024
LONGEST_ANSWER = 1024 * 1024
MOST_FILES = 20


class ExercisePlaceSerializer(serializers.ModelSerializer[ExercisePlace]):
    """An exercise in a lesson."""

    id = serializers.UUIDField(source="version.exercise_id")
    version = serializers.IntegerField(source="version.number")
    title = serializers.CharField(source="version.title")
    kind = serializers.CharField(source="version.kind")
    minutes = serializers.IntegerField(source="version.minutes")

    class Meta:
        model = ExercisePlace
        fields = ["id", "slug", "title", "kind", "minutes", "version"]


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    minutes = serializers.IntegerField()
    exercises = ExercisePlaceSerializer(source="places", many=True)

    class Meta:
        model = Lesson
        fields = ["uuid", "slug", "title", "minutes", "skills", "exercises"]


class ModuleSerializer(serializers.ModelSerializer[Module]):
    lessons = LessonSerializer(many=True)

    class Meta:
        model = Module
        fields = ["uuid", "slug", "title", "summary", "lessons"]


class CourseSerializer(serializers.ModelSerializer[Course]):
    minutes = serializers.IntegerField()

    class Meta:
        model = Course
        fields = ["uuid", "slug", "title", "summary", "minutes", "starts_from_zero", "skills"]


class CourseOutlineSerializer(CourseSerializer):
    modules = ModuleSerializer(many=True)

    class Meta(CourseSerializer.Meta):
        fields = [*CourseSerializer.Meta.fields, "needs", "modules"]


class ExerciseSerializer(serializers.ModelSerializer[ExerciseVersion]):
    """An exercise as a learner may see it: no hidden check, no reference, no key."""

    id = serializers.UUIDField(source="exercise_id")
    version = serializers.IntegerField(source="number")
    minutes = serializers.IntegerField()
    shown = serializers.JSONField(help_text="The kind's own public part: starter, rules, examples.")

    class Meta:
        model = ExerciseVersion
        fields = [
            "id", "version", "kind", "title", "summary", "minutes", "skills", "aided", "brief",
            "shown",
        ]  # fmt: skip


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it doesn't know, by name."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(set(map(str, data)) - set(self.fields))
            if unknown:
                raise serializers.ValidationError(
                    {name: ["This field isn’t known."] for name in unknown}
                )
        return super().to_internal_value(data)


class NewSubmissionSerializer(StrictSerializer):
    """Work to hand in: ``files`` for code, ``fields`` for questions."""

    exercise = serializers.UUIDField(help_text="The exercise's id.")
    cohort = serializers.UUIDField(
        required=False, help_text="Needed only with several cohorts that hold the exercise."
    )
    files = serializers.DictField(
        child=serializers.CharField(
            max_length=LONGEST_FILE, allow_blank=True, trim_whitespace=False
        ),
        default=dict,
        help_text="Relative name to text, at most 20 files, 256 KiB each, 1 MiB together.",
    )
    fields_ = serializers.DictField(default=dict, help_text="Question id to answer.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        found = super().get_fields()
        found["fields"] = found.pop("fields_")  # the name is taken by the class itself
        return found

    def validate_files(self, files: dict[str, str]) -> dict[str, str]:
        if len(files) > MOST_FILES:
            raise serializers.ValidationError(f"At most {MOST_FILES} files.")
        if sum(len(text.encode("utf-8", "replace")) for text in files.values()) > LONGEST_ANSWER:
            raise serializers.ValidationError("At most 1 MiB together.")
        return files


class TestSerializer(serializers.Serializer[Any]):
    """One check, as a learner may see it. Hidden checks have no id, title or values."""

    id = serializers.CharField()
    title = serializers.CharField()
    requirement = serializers.CharField()
    status = serializers.CharField()
    visible = serializers.BooleanField()
    message = serializers.CharField()
    called = serializers.CharField()
    expected = serializers.CharField()
    got = serializers.CharField()
    output = serializers.CharField()
    duration = serializers.FloatField(help_text="Seconds.")


class RequirementSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    says = serializers.CharField()
    holds = serializers.BooleanField()
    passed = serializers.IntegerField()
    total = serializers.IntegerField()
    feedback = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    line = serializers.IntegerField()
    file = serializers.CharField()


class EngineSerializer(serializers.Serializer[Any]):
    """What judged the work, and how strongly it was isolated while it ran."""

    engine = serializers.CharField()
    isolation = serializers.CharField()
    versions = serializers.DictField(child=serializers.CharField())


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """Where a submission is, and what was found once it is final.

    ``verdict`` is empty until then; ``score`` is 0 to ``max_score`` and only for graded work.
    ``max_score`` is 100, or less while a part of the work waits for a person to mark it.
    """

    exercise = serializers.UUIDField(source="attempt.version.exercise_id")
    version = serializers.IntegerField(source="attempt.version.number")
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.choices)
    final = serializers.SerializerMethodField()
    verdict = serializers.SerializerMethodField()
    score = serializers.SerializerMethodField()
    max_score = serializers.SerializerMethodField()
    tests_passed = serializers.SerializerMethodField()
    tests_total = serializers.SerializerMethodField()
    tests = serializers.SerializerMethodField()
    requirements = serializers.SerializerMethodField()
    problem = serializers.SerializerMethodField()
    output = serializers.SerializerMethodField()
    graded_by = serializers.SerializerMethodField()
    url = serializers.HyperlinkedIdentityField(view_name="api:submission")

    class Meta:
        model = Submission
        fields = [
            "id", "url", "exercise", "version", "number", "received_at", "state", "final",
            "verdict", "score", "max_score", "tests_passed", "tests_total", "tests", "requirements",
            "problem", "output", "graded_by",
        ]  # fmt: skip

    def _found(self, submission: Submission) -> Verdict | None:
        """The counting result's verdict without anything hidden; read once per submission."""
        if getattr(self, "_read", None) != submission.pk:
            result: Result | None = submission.results.filter(superseded_by=None).first()
            self._read, self._verdict = submission.pk, result.verdict if result else None
        return self._verdict

    def get_final(self, submission: Submission) -> bool:
        return State(submission.state).is_final

    def get_verdict(self, submission: Submission) -> str | None:
        found = self._found(submission)
        return found.status.value if found else None

    def get_score(self, submission: Submission) -> float | None:
        found = self._found(submission)
        return found.score if found else None

    def get_max_score(self, submission: Submission) -> float | None:
        found = self._found(submission)
        return found.max_score if found and found.score is not None else None

    def get_tests_passed(self, submission: Submission) -> int:
        found = self._found(submission)
        return found.tests_passed if found else 0

    def get_tests_total(self, submission: Submission) -> int:
        found = self._found(submission)
        return len(found.tests) if found else 0

    @extend_schema_field(TestSerializer(many=True))
    def get_tests(self, submission: Submission) -> Any:
        found = self._found(submission)
        return TestSerializer(found.tests if found else (), many=True).data

    @extend_schema_field(RequirementSerializer(many=True))
    def get_requirements(self, submission: Submission) -> Any:
        found = self._found(submission)
        return RequirementSerializer(found.requirements if found else (), many=True).data

    @extend_schema_field(ProblemSerializer(allow_null=True))
    def get_problem(self, submission: Submission) -> Any:
        found = self._found(submission)
        return ProblemSerializer(found.problem).data if found and found.problem else None

    def get_output(self, submission: Submission) -> str:
        found = self._found(submission)
        return found.output if found else ""

    @extend_schema_field(EngineSerializer(allow_null=True))
    def get_graded_by(self, submission: Submission) -> Any:
        found = self._found(submission)
        return EngineSerializer(found).data if found else None


class EnrolmentSerializer(serializers.ModelSerializer[Enrolment]):
    cohort = serializers.UUIDField(source="cohort_id")
    cohort_name = serializers.CharField(source="cohort.name")
    organisation = serializers.CharField(source="cohort.organisation.name")
    sharing = serializers.ChoiceField(choices=Sharing.choices)

    class Meta:
        model = Enrolment
        fields = ["id", "cohort", "cohort_name", "organisation", "sharing", "joined_at"]


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    organisation = serializers.CharField(source="organisation.name")
    release = serializers.IntegerField(source="release.number")

    class Meta:
        model = Cohort
        fields = ["id", "name", "organisation", "release", "starts_on", "ends_on"]


class RosterLineSerializer(serializers.Serializer[RosterLine]):
    """One learner, for those who teach the cohort."""

    enrolment = serializers.UUIDField(source="enrolment.pk")
    name = serializers.CharField(source="enrolment.learner.display_name")
    email = serializers.EmailField(source="enrolment.learner.email")
    tried = serializers.IntegerField(source="figures.tried")
    passed = serializers.IntegerField(source="figures.passed")
    passed_first = serializers.IntegerField(source="figures.passed_first")
    submissions = serializers.IntegerField(source="figures.submissions")
    hints = serializers.IntegerField(source="figures.hints")
    last_active = serializers.DateTimeField(source="figures.last_active", allow_null=True)
