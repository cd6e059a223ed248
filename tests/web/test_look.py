"""The look keeps its promises: tokens only, no inline styles, known icons, small files."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import SafeString
from pytest_django import Settings

from countersign.common.highlight import lines
from countersign.web import gallery_samples as samples
from countersign.web.lineup import line_up
from countersign.web.panel import MARKS, Requirement, Run, State, stages
from countersign.web.templatetags.charts import Dot, Step, dumbbell, scatter
from countersign.web.templatetags.look import UnknownIcon, error_links, icon, icon_names, initials
from tests.html import ids_twice, unclosed

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "platform/countersign/web"
DIST = WEB / "static/dist"
CSS = sorted([*(ROOT / "frontend/css").rglob("*.css"), *(WEB / "static/css").glob("*.css")])
TEMPLATES = sorted((ROOT / "platform/countersign").rglob("templates/**/*.html"))
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|color)\(", re.IGNORECASE)


def gzipped(*files: Path) -> int:
    """Bytes on the wire."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("sheet", [s for s in CSS if s.name != "tokens.css"], ids=named)
def test_a_colour_is_written_in_the_tokens_and_nowhere_else(sheet: Path) -> None:
    assert not COLOUR.findall(sheet.read_text("utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_has_no_inline_style_and_no_inline_script(template: Path) -> None:
    source = template.read_text("utf-8")
    assert not re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert not re.findall(r"<script(?![^>]*\bsrc=)", source)


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_every_icon_that_a_template_names_is_in_the_sprite(template: Path) -> None:
    source = template.read_text("utf-8")
    asked = re.findall(r'{% icon "([^"]+)"', source) + re.findall(r'icon_name="([^"]+)"', source)
    assert set(asked) <= icon_names()


def test_an_icon_that_is_not_in_the_sprite_is_refused_by_name() -> None:
    with pytest.raises(UnknownIcon, match="no-such-thing"):
        icon("no-such-thing")


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icon("check")
    assert 'role="img" aria-label="Passed &amp; done"' in icon("check", label="Passed & done")


def test_styles_and_scripts_stay_within_their_budgets() -> None:
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    assert gzipped(DIST / "ui.css") <= 14 * 1024
    assert gzipped(DIST / "app.js", htmx) <= 25 * 1024
    assert gzipped(DIST / "app.js", DIST / "live-run.js", htmx) <= 45 * 1024
    assert gzipped(DIST / "editor.js") <= 130 * 1024


def test_the_fonts_stay_within_their_budget_and_carry_their_licences() -> None:
    fonts = list((WEB / "static/fonts").glob("*.woff2"))
    licences = list((WEB / "static/fonts").glob("*.LICENSE.txt"))
    assert len(fonts) == len(licences) == 3
    assert sum(font.stat().st_size for font in fonts) <= 75 * 1024


def test_the_built_stylesheet_keeps_the_order_of_its_layers() -> None:
    built = (DIST / "ui.css").read_text("utf-8")
    assert built.startswith("@layer tokens,base,shell,parts,screens,print;")


@pytest.fixture
def developer(settings: Settings) -> Client:
    """A browser of a developer: DEBUG is on, the gallery has an address."""
    settings.DEBUG = True
    settings.ROOT_URLCONF = "tests.web.gallery_urls"
    return Client()


PAGES = [
    "",
    "public/",
    "dashboard/",
    *[f"workspace/{state}/" for state in State],
    *[f"live/{step}/" for step in range(5)],
    *[f"quiz/{name}/" for name in samples.questions()],
    *[f"failure/{name}/" for name in samples.FAILURES],
]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_of_the_gallery_is_whole(developer: Client, address: str) -> None:
    answer = developer.get(f"/gallery/{address}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert unclosed(html) == []
    assert ids_twice(html) == []
    assert html.count("<h1") == 1


def test_the_gallery_is_not_there_without_debug(developer: Client, settings: Settings) -> None:
    settings.DEBUG = False
    assert developer.get("/gallery/").status_code == 404


@pytest.mark.parametrize(("cookie", "start"), [("dark", 'data-theme="dark"'), ("light", "light")])
def test_the_first_paint_has_the_chosen_theme(developer: Client, cookie: str, start: str) -> None:
    developer.cookies["theme"] = cookie
    assert start in developer.get("/gallery/").content.decode()[:120]


def test_a_theme_that_is_not_ours_is_ignored(developer: Client) -> None:
    developer.cookies["theme"] = '"><script>'
    assert "data-theme" not in developer.get("/gallery/").content.decode()[:120]


@pytest.mark.parametrize("failure", ["400", "403", "403_csrf", "404", "500", "503", "signed_out"])
def test_a_failure_page_needs_no_request_and_no_database(failure: str) -> None:
    assert "<h1>" in render_to_string(f"{failure}.html")


@pytest.mark.parametrize("state", list(State))
def test_each_state_of_a_run_has_its_words_and_its_four_steps(state: State) -> None:
    words = render_to_string(Run(state=state).template, {"run": samples.run(state)})
    assert words.count("data-headline") == 1
    assert len(MARKS[state]) == len(stages(state, saved_at="14:06")) == 4


def test_a_run_that_moves_asks_again_and_one_that_has_ended_does_not() -> None:
    def region(state: State) -> str:
        shown = Run(state=state, status_url="/status/")
        return render_to_string("result/region.html", {"run": shown})

    assert 'hx-get="/status/"' in region(State.RUNNING)
    assert "hx-get" not in region(State.PASSED)


def test_the_rule_that_is_furthest_from_holding_comes_first() -> None:
    rules = tuple(
        Requirement(number=number, says="", holds=passed == 3, passed=passed, total=3)
        for number, passed in ((1, 2), (2, 3), (3, 0))
    )
    shown = Run(state=State.FAILED, requirements=rules)
    assert [rule.number for rule in shown.open_requirements] == [3, 1]


def test_only_a_fault_in_the_learners_code_is_drawn_in_red() -> None:
    assert "stop" in MARKS[State.TIMED_OUT]
    assert "stop" not in MARKS[State.PLATFORM_ERROR] + MARKS[State.WAITING]


def test_what_a_learner_wrote_is_shown_as_text() -> None:
    shown = Run(state=State.TIMED_OUT, printed="<script>alert(1)</script>")
    html = render_to_string("result/timed_out.html", {"run": shown})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_listed_code_is_escaped_and_every_line_has_its_number() -> None:
    html = render_to_string("ui/code.html", {"code": "x = '<b>'\n\ny = 2\n", "flagged": [3]})
    assert "<b>" not in html
    assert re.findall(r'data-n="(\d)"', html) == ["1", "2", "3"]
    assert '<span data-n="3" class="look">' in html


@pytest.mark.parametrize("source", ["", "\n", "x = 1", "x = 1\n", '"""a\nb"""\n', "\tif x:\r\n"])
def test_highlighting_keeps_every_line(source: str) -> None:
    assert len(lines(source)) == source.count("\n") + 1


def test_an_unknown_language_is_shown_without_colours() -> None:
    assert lines("a < b", "klingon") == ["a &lt; b"]


def test_a_wrong_prediction_is_lined_up_with_what_was_printed() -> None:
    lineup = line_up("12", "13")
    assert [(piece.text, piece.same) for piece in lineup.given] == [("1", True), ("2", False)]
    assert [(piece.text, piece.same) for piece in lineup.printed] == [("1", True), ("3", False)]


def test_a_part_takes_what_stands_between_its_tags() -> None:
    source = '{% load look %}{% part "ui/note.html" kind="mk" %}<b>{{ word }}</b>{% endpart %}'
    html = Template(source).render(Context({"word": "a < b"}))
    assert "<div><b>a &lt; b</b></div>" in html


def test_a_part_refuses_arguments_without_names() -> None:
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template('{% load look %}{% part "ui/note.html" warn %}{% endpart %}')


@pytest.mark.parametrize(
    ("name", "letters"), [("Ines Okafor", "IO"), ("ada@example.org", "A"), ("", "?")]
)
def test_an_avatar_has_letters_for_any_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_summary_of_errors_leads_to_each_field() -> None:
    form = samples.SampleForm({"email": "ada", "sharing": ""})
    assert [link["href"] for link in error_links(form)] == ["#id_email", "#id_sharing_0"]
    html = render_to_string("gallery/public.html", {"form": form})
    assert 'id="id_email"' in html
    assert 'id="id_sharing_0"' in html


@pytest.mark.parametrize("values", [[], [5], [5, 5, 5], [0, 100]])
def test_a_spark_can_be_drawn_from_any_numbers(values: list[float]) -> None:
    html = render_to_string("ui/kpi.html", {"label": "Done", "value": 1, "weeks": values})
    assert "nan" not in html.lower()


@pytest.mark.parametrize("values", [(0, 0), (100, 100), (50, 50), (3, 97)])
def test_a_dumbbell_stays_on_its_paper(values: tuple[float, float]) -> None:
    steps = [Step("Find errors", *values, "Around target", 65, 0, 100)]
    for drawing in dumbbell(steps, label="")["drawings"]:  # type: ignore[attr-defined]
        for row in drawing["rows"]:
            marks = [float(row[mark]) for mark in ("start", "now", "low", "high", "aim")]
            assert all(0 <= mark <= float(drawing["width"]) for mark in marks)


def test_a_scatter_names_people_in_its_table_only() -> None:
    axes = samples.charts()["axes"]
    context = scatter([Dot("Ada Fielding", 13, 92)], axes=axes, label="Errors found")
    drawing, table = render_to_string("chart/scatter.html", context).split("<table")
    assert "Ada Fielding" not in drawing
    assert "Ada Fielding" in table


def test_a_chart_escapes_what_it_is_given() -> None:
    html = render_to_string("chart/dumbbell.html", dumbbell([Step("<b>", 1, 2, "")], label="<i>"))
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_question_keeps_its_place_when_it_is_answered() -> None:
    questions = samples.questions()
    before = render_to_string("quiz/question.html", {"question": questions["choose"]})
    after = render_to_string("quiz/question.html", {"question": questions["choose-after"]})
    assert 'name="choose"' in before
    assert "disabled" not in before
    assert "Not right, and you were certain" in after
    assert after.count("disabled") == 6


def test_the_answer_of_a_question_is_not_in_the_page_before_it_is_answered() -> None:
    question = samples.questions()["choose"] | {"ask": SafeString("<p>?</p>")}
    assert "The request leaves a gap" not in render_to_string(
        "quiz/question.html", {"question": question}
    )
