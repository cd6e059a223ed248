"""Version 1 of the API. Views check access, call one service and answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from countersign.accounts.models import User
from countersign.api.v1 import serializers
from countersign.cohorts.models import Cohort, Enrolment
from countersign.courses.models import Course, Release
from countersign.exercises.models import ExerciseVersion
from countersign.grading.services import hand_in
from countersign.insights.services import roster
from countersign.organisations.permissions import Permission, can
from countersign.submissions.models import Submission
from grader.answer import Answer


def _person(request: Request) -> User:
    user = request.user
    assert isinstance(user, User)
    return user


def _releases(user: User) -> QuerySet[Release]:
    """The releases this person may read: the newest, and those of their cohorts."""
    newest = Release.objects.of_the_site().order_by("-number").values("pk")[:1]
    cohorts = Cohort.objects.visible_to(user).values("release")
    return Release.objects.filter(pk__in=newest) | Release.objects.filter(pk__in=cohorts)


class CourseList(generics.ListAPIView[Course]):
    """The courses of the newest release."""

    serializer_class = serializers.CourseSerializer

    def get_queryset(self) -> QuerySet[Course]:
        return Course.objects.filter(release=Release.objects.current())


class CourseDetail(generics.RetrieveAPIView[Course]):
    """One course of the newest release with modules, lessons and exercises."""

    serializer_class = serializers.CourseOutlineSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Course]:
        return Course.objects.filter(release=Release.objects.current()).with_outline()


class ExerciseDetail(APIView):
    """An exercise as a learner may see it, in the newest version this person may read."""

    @extend_schema(responses=serializers.ExerciseSerializer)
    def get(self, request: Request, exercise: UUID) -> Response:
        version = (
            ExerciseVersion.objects.filter(
                exercise=exercise,
                places__lesson__module__course__release__in=_releases(_person(request)),
            )
            .order_by("-number")
            .distinct()
        )
        found = get_object_or_404(version[:1])
        return Response(serializers.ExerciseSerializer(found).data)


KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A fresh UUID for each piece of work; repeat it when you repeat the request.",
)


class SubmissionList(generics.ListAPIView[Submission]):
    """One's own submissions, newest first; POST hands work in."""

    serializer_class = serializers.SubmissionSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        rows: QuerySet[Submission] = (
            Submission.objects.visible_to(_person(self.request))
            .of(_person(self.request))
            .select_related("attempt__version")
            .order_by("-received_at")
        )
        return rows

    @extend_schema(
        parameters=[KEY],
        request=serializers.NewSubmissionSerializer,
        responses={
            202: serializers.SubmissionSerializer,
            409: OpenApiResponse(description="The key came before with other work."),
            422: OpenApiResponse(description="The text can't be stored."),
            429: OpenApiResponse(description="Too many submissions; see Retry-After."),
        },
    )
    def post(self, request: Request) -> Response:
        """Hand work in. Answers 202 with the address of its status once it is kept."""
        wanted = serializers.NewSubmissionSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        work: dict[str, Any] = wanted.validated_data
        place, version = _place(_person(request), work["exercise"], work.get("cohort"))
        receipt = hand_in(
            enrolment=place,
            version=version,
            answer=Answer(files=work["files"], fields=work["fields"]),
            key=_key(request),
        )
        shown = self.get_serializer(receipt.submission).data
        headers = {"Location": shown["url"]}
        return Response(shown, status=status.HTTP_202_ACCEPTED, headers=headers)


def _key(request: Request) -> UUID:
    given = request.headers.get("Idempotency-Key", "")
    try:
        return UUID(given)
    except ValueError as error:
        message = "Send a UUID of your own with each new piece of work."
        raise ValidationError({"Idempotency-Key": [message]}) from error


def _place(user: User, exercise: UUID, cohort: UUID | None) -> tuple[Enrolment, ExerciseVersion]:
    """Where this person does the exercise: the newest place whose release holds it."""
    places = Enrolment.objects.visible_to(user).of(user).current()
    if cohort is not None:
        places = places.filter(cohort=cohort)
    for place in places.select_related("cohort").order_by("-joined_at"):
        version = ExerciseVersion.objects.filter(
            exercise=exercise, places__lesson__module__course__release=place.cohort.release_id
        ).first()
        if version is not None:
            return place, version
    raise ValidationError({"exercise": ["None of your cohorts holds this exercise."]})


class SubmissionDetail(generics.RetrieveAPIView[Submission]):
    """Where a submission is, and its verdict as a learner may see it."""

    serializer_class = serializers.SubmissionSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        rows: QuerySet[Submission] = Submission.objects.visible_to(
            _person(self.request)
        ).select_related("attempt__version")
        return rows


class EnrolmentList(generics.ListAPIView[Enrolment]):
    """One's own places in cohorts."""

    serializer_class = serializers.EnrolmentSerializer

    def get_queryset(self) -> QuerySet[Enrolment]:
        rows: QuerySet[Enrolment] = (
            Enrolment.objects.visible_to(_person(self.request))
            .of(_person(self.request))
            .current()
            .select_related("cohort__organisation")
            .order_by("-joined_at")
        )
        return rows


class CohortList(generics.ListAPIView[Cohort]):
    """The cohorts one teaches."""

    serializer_class = serializers.CohortSerializer

    def get_queryset(self) -> QuerySet[Cohort]:
        user = _person(self.request)
        rows: QuerySet[Cohort] = (
            Cohort.objects.visible_to(user)
            .taught_by(user)
            .select_related("organisation", "release")
        )
        return rows


class CohortRoster(APIView):
    """The learners of a cohort with their figures, for those who teach it."""

    @extend_schema(responses=serializers.RosterLineSerializer(many=True))
    def get(self, request: Request, cohort: UUID) -> Response:
        user = _person(request)
        found = get_object_or_404(
            Cohort.objects.visible_to(user).select_related("organisation"), pk=cohort
        )
        if not can(user, Permission.TEACH, found.organisation):
            raise PermissionDenied("Only those who teach a cohort read its roster.")
        return Response([serializers.RosterLineSerializer(line).data for line in roster(found)])
