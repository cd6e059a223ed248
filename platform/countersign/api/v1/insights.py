"""What an employer sees of a cohort, for programs: the overview under the same rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from countersign.accounts.models import Scope, User
from countersign.cohorts.models import Cohort
from countersign.insights.figures import DEFINITIONS
from countersign.insights.services import INTENDED_USE, CohortView, employer_view

Rows = serializers.Serializer[Any]


class RatioSerializer(Rows):
    """``part`` of ``whole`` over so many people; all zero where they would be fewer than five."""

    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    people = serializers.IntegerField()


class SharesSerializer(Rows):
    found = RatioSerializer()
    false_alarms = RatioSerializer()
    bad_approved = RatioSerializer()
    good_blocked = RatioSerializer()
    sure_wrong = RatioSerializer()


class AverageSerializer(Rows):
    value = serializers.FloatField(allow_null=True)
    people = serializers.IntegerField()
    whose = serializers.CharField()


class ShareSerializer(Rows):
    count = serializers.IntegerField(allow_null=True)
    people = serializers.IntegerField()
    whose = serializers.CharField()


class GrowthSerializer(Rows):
    """Start and now of a competency, with help allowed (``aided``) or without."""

    competency = serializers.CharField(source="title")
    aided = serializers.BooleanField()
    people = serializers.IntegerField()
    whose = serializers.CharField()
    start = serializers.FloatField(allow_null=True)
    now = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    below_target = serializers.IntegerField(source="below", allow_null=True)
    target = serializers.FloatField()


class CompetencySerializer(Rows):
    competency = serializers.CharField(source="title")
    aided = AverageSerializer()
    unaided = AverageSerializer()


class OversightSerializer(Rows):
    people = serializers.IntegerField()
    whose = serializers.CharField()
    start = SharesSerializer()
    now = SharesSerializer()
    minutes_per_accepted = serializers.FloatField(source="minutes", allow_null=True)


class InsightsSerializer(Rows):
    """A cohort's figures. Nobody is named; no figure stands for fewer than five people."""

    cohort = serializers.UUIDField(source="cohort.pk")
    name = serializers.CharField(source="cohort.name")
    intended_use = serializers.CharField()
    definitions = serializers.IntegerField()
    computed_at = serializers.DateTimeField(allow_null=True)
    private_people_counted_at = serializers.DateTimeField(source="counted_at", allow_null=True)
    practice_model_included = serializers.BooleanField()
    people = serializers.IntegerField(source="overview.people")
    sharing = serializers.IntegerField(source="overview.sharing")
    active = ShareSerializer(source="overview.active")
    on_pace = ShareSerializer(source="overview.on_pace", allow_null=True)
    passed = AverageSerializer(source="overview.passed")
    competencies = CompetencySerializer(source="overview.competencies", many=True)
    growth = GrowthSerializer(source="overview.growth", many=True)
    oversight = OversightSerializer(source="overview.oversight")


class CohortInsights(APIView):
    """The figures of a cohort that one oversees. Each look is kept."""

    scope = Scope.INSIGHTS

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "practice", enum=["without"], description="Leave practice model results out."
            )
        ],
        responses=InsightsSerializer,
    )
    def get(self, request: Request, cohort: UUID) -> Response:
        user = request.user
        assert isinstance(user, User)
        overseen = Cohort.objects.visible_to(user).overseen_by(user)
        found = get_object_or_404(overseen.select_related("organisation"), pk=cohort)
        practice = request.query_params.get("practice") != "without"
        view = employer_view(found, viewer=user, practice=practice)
        return Response(InsightsSerializer(_told(view, practice=practice)).data)


def _told(view: CohortView, *, practice: bool) -> dict[str, Any]:
    return {
        "cohort": view.cohort,
        "overview": view.overview,
        "computed_at": view.computed_at,
        "counted_at": view.counted_at,
        "practice_model_included": practice,
        "intended_use": INTENDED_USE,
        "definitions": DEFINITIONS,
    }
