"""Invented content for the gallery: people, numbers and code for every part in every state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString

from countersign.web.lineup import line_up
from countersign.web.panel import Example, Requirement, Run, State, stages
from countersign.web.templatetags.charts import Axes, Dot, Step
from grader.verdict import Problem

FAILURES = ("400", "403", "404", "500", "503", "signed_out")

CODE = '''def late_fee(days_late, daily_rate, item_value, hardship=False):
    """Late fee in pence for a tool returned late."""
    if hardship:
        return 0
    if days_late <= 2:
        return 0
    fee = days_late * daily_rate  # every day, also the free ones
    if fee > item_value:
        fee = item_value
    return int(fee)
'''

RULES = (
    Requirement(number=1, says="The first two days late are free", holds=True, passed=2, total=2),
    Requirement(
        number=2,
        says="After the free days, the daily rate for each further day",
        holds=False,
        passed=1,
        total=3,
        feedback="You charge for late days. Read line 7 again: which days is it counting?",
    ),
    Requirement(number=3, says="Never more than the tool is worth", holds=True, passed=2, total=2),
    Requirement(
        number=4,
        says="A minus number of days is a mistake, and the code says so",
        holds=False,
        passed=0,
        total=1,
        feedback="Your code treats it like a tool returned on time. What did Marta ask for?",
    ),
    Requirement(number=5, says="The hardship scheme pays nothing", holds=True, passed=1, total=1),
)

EXAMPLES = (
    Example(called="late_fee(2, 80, 4500)", expected="0", gave="0", same=True),
    Example(called="late_fee(5, 80, 4500)", expected="240", gave="400", same=False),
)

URLS = {"cancel_url": "/gallery/", "retry_url": "/gallery/", "next_url": "/gallery/"}


@dataclass(frozen=True)
class SamplePerson:
    """Someone signed in, without a database."""

    name: str = "Ines Okafor"
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


class SampleForm(forms.Form):
    """A form with one field of each make."""

    email = forms.EmailField(help_text="We write only when something is due.")
    sharing = forms.ChoiceField(
        label="What your employer sees",
        widget=forms.RadioSelect,
        choices=[
            ("taking_part", "Only that I’m taking part"),
            ("progress", "Progress and skills"),
            ("work", "Also my work"),
        ],
    )
    team = forms.ChoiceField(required=False, choices=[("", "No team"), ("help", "Helpdesk")])
    remember = forms.BooleanField(label="Keep me signed in on this device", required=False)


NOT_COUNTED = (State.INVALID, State.PLATFORM_ERROR, State.MODEL_AWAY, State.CANCELLED)


def run(state: State) -> Run:
    """A run in the state that is asked for, with everything that state may show."""
    checks = 9 if state in (State.RUNNING, State.PASSED, State.FAILED) else 0
    shared: dict[str, Any] = {
        "state": state,
        "attempt": 0 if state is State.BEFORE else 3,
        "counted": state not in NOT_COUNTED,
        "stages": stages(state, saved_at="14:06", checks=checks, waited="0.2 s", took="0.6 s"),
        "saved_at": "14:06",
        "total": 9,
        **URLS,
    }
    return Run(**shared | _OWN.get(state, {}))


def live_run(step: int) -> Run:
    """The run of the moving sample: queued, its turn, checks, result."""
    moves: tuple[tuple[State, dict[str, Any]], ...] = (
        (State.QUEUED, {"ahead": 1}),
        (State.QUEUED, {"ahead": 0}),
        (State.RUNNING, {"checks_run": 2}),
        (State.RUNNING, {"checks_run": 7}),
        (State.FAILED, {}),
    )
    state, now = moves[min(step, len(moves) - 1)]
    return replace(run(state), status_url=reverse("gallery_live", args=[step + 1]), **now)


def _met(rule: Requirement) -> Requirement:
    return Requirement(
        number=rule.number, says=rule.says, holds=True, passed=rule.total, total=rule.total
    )


_OWN: dict[State, dict[str, Any]] = {
    State.QUEUED: {"ahead": 2, "usual": "1 to 2 seconds"},
    State.RUNNING: {"checks_run": 5},
    State.PASSED: {
        "passed": 9,
        "requirements": tuple(_met(rule) for rule in RULES),
        "examples": (EXAMPLES[0],),
    },
    State.FAILED: {
        "passed": 6,
        "requirements": RULES,
        "examples": EXAMPLES,
        "printed": "days 5\nfee 400\n",
    },
    State.INVALID: {
        "problem": Problem(
            code="syntax_error",
            message="Python expected a colon at the end of line 5. What comes after the question?",
            line=5,
            file="solution.py",
        ),
        "excerpt": "        return 0\n    if days_late <= 2\n        return 0",
        "excerpt_from": 4,
    },
    State.TIMED_OUT: {"limit": "5 seconds", "printed": "1\n2\n3\n"},
    State.OUT_OF_MEMORY: {"limit": "128\N{NO-BREAK SPACE}MB"},
    State.OUTPUT_LIMIT: {"limit": "64\N{NO-BREAK SPACE}KB"},
    State.EXERCISE_CHANGED: {"version": 6, "newer_version": 7, "changes_url": "/gallery/"},
    State.PLATFORM_ERROR: {"tries": 3, "reference": "K7-4410"},
    State.MODEL_AWAY: {"why": "The live model took the request and didn’t answer in time."},
}


def questions() -> dict[str, dict[str, Any]]:
    """Each kind of question, before and after its answer."""
    before = {"choose": _choose(), "predict": _predict(), "order": _order(), "fill": _fill()}
    return before | {f"{name}-after": _after(name) for name in before}


def _question(kind: str, ask: str, **rest: Any) -> dict[str, Any]:
    words = SafeString(f"<p>{ask}</p>")
    return {"id": kind, "type": kind, "number": 3, "of": 6, "ask": words, "sure": "fairly", **rest}


def _choose() -> dict[str, Any]:
    options = [
        {"id": "a", "text": "By date", "why": "Nothing in the request says date."},
        {"id": "b", "text": "By amount", "chosen": True, "why": "It could be. Who decided?"},
        {"id": "c", "text": "It could be either", "why": "The request leaves a gap."},
    ]
    return _question("choose", "“Sort the orders.” What will the model sort by?", options=options)


def _predict() -> dict[str, Any]:
    code = "xs = [1, 2, 3]\nprint(xs.pop() + len(xs))\n"
    return _question("predict", "What does this print?", code=code, answer="6")


def _order() -> dict[str, Any]:
    texts = ("late = []", "for loan in loans:", "    late.append(loan)", "    late = late + 1")
    lines = [
        {"id": str(at), "text": text, "place": at + 1 if at < 3 else None}
        for at, text in enumerate(texts)
    ]
    return _question("order", "Put the lines in order.", lines=lines, has_extra=True)


def _fill() -> dict[str, Any]:
    pieces = [
        {"text": "if days_late "},
        {"gap": "1", "value": "<=", "size": 4},
        {"text": " 2:\n    return "},
        {"gap": "2", "value": "None", "size": 6},
        {"text": "\n"},
    ]
    return _question("fill", "Fill the gaps: the first two days are free.", pieces=pieces)


def _after(name: str) -> dict[str, Any]:
    question = {"choose": _choose, "predict": _predict, "order": _order, "fill": _fill}[name]()
    verdict: dict[str, Any] = {"right": name == "order", "why": "", "explain": ""}
    if name == "choose":
        question["options"][2]["right"] = True
        question["sure"] = "certain"
    if name == "predict":
        verdict["lineup"] = line_up("6", "5")
        verdict["why"] = "pop takes the 3 out first, so two are left when len looks."
    for at, line in enumerate(question.get("lines", ())):
        line["right"] = at < 3
    for piece in question.get("pieces", ()):
        piece["right"] = piece.get("gap") == "1"
    verdict["explain"] = SafeString("<p>Read it again with a small case in your head.</p>")
    return question | {"id": f"{name}-after", "verdict": verdict}


def workspace(state: State, *, pane: str) -> dict[str, Any]:
    """Everything the workspace sample shows."""
    shown = run(state)
    return {
        "user": SamplePerson(),
        "run": shown,
        "open_pane": pane,
        "steps": [
            {"href": "/gallery/", "label": "Just enough Python to read it"},
            {"href": "/gallery/", "label": "Unit 2: Branches"},
        ],
        "pips": [
            {"href": "/gallery/", "label": f"Exercise {at}", "done": at < 4, "now": at == 4}
            for at in range(1, 8)
        ],
        "files": [
            {"name": "solution.py", "text": CODE},
            {"name": "tests_i_wrote.py", "text": "from solution import late_fee\n"},
        ],
        "account_links": [{"href": "/gallery/", "icon": "target", "label": "Your skills"}],
    }


def parts() -> dict[str, Any]:
    """Everything the page of parts shows."""
    form = SampleForm({"email": "ada", "sharing": ""}, auto_id="sample_%s")
    return {
        "user": SamplePerson(),
        "runs": [(state.replace("_", " ").capitalize(), run(state)) for state in State],
        "questions": list(questions().values()),
        "form": form,
        "code": CODE,
        "sharing": [
            {"value": "some", "label": "Progress and skills", "hint": "Not your answers"},
            {"value": "all", "label": "Also my work", "checked": True},
        ],
        "sureness": [
            {"value": "guess", "label": "Guess"},
            {"value": "fairly", "label": "Fairly", "checked": True},
            {"value": "certain", "label": "Certain"},
        ],
        "panels": [
            {"id": "tab-a", "label": "Preview"},
            {"id": "tab-b", "label": "Checks", "mark": "2", "kind": "fail"},
        ],
        "kinds": [{"value": "boundary", "label": "Boundary"}, {"value": "case", "label": "Case"}],
        "links": [{"href": "/gallery/", "icon": "pencil", "label": "Edit"}],
        "tabs": [
            {"href": "/gallery/", "label": "Everyone", "here": True},
            {"href": "/gallery/", "label": "Sharing", "mark": "18"},
        ],
        "errors": [{"href": "#lines", "text": "Enter the lines as 12 or 12-13"}],
        "columns": ["Person", "Done", "Last active"],
        "rows": [["Ada Fielding", 26, "Today"], ["Callum Reid", 23, "Yesterday"]],
        **charts(),
    }


def charts() -> dict[str, Any]:
    """Sample figures, enough to draw each chart."""
    return {
        "steps": [
            Step("Structure prompts", 48, 75, "Above target", 70, 71, 79, met=True),
            Step("Interpret outputs", 40, 65, "Around target", 65, 61, 68),
            Step("Use in decisions", 37, 54, "6 short of target", 60, 51, 57),
        ],
        "dots": [
            Dot("Ada Fielding", 13, 92),
            Dot("Callum Reid", 19, 75),
            Dot("Dilys Pugh", 29, 66),
            Dot("Farah Siddiqui", 35, 54),
        ],
        "axes": Axes(
            x_words="False alarms, % of comments",
            y_words="Errors found, %",
            x_target=20,
            y_target=70,
            corners=("Well judged", "Flags too much", "Trusts too much", "Guessing"),
        ),
        "then": Dot("Group at the start", 36, 37),
        "now": Dot("Group now", 22, 66),
        "weeks": [37, 40, 48, 53, 59, 66],
    }


def public() -> dict[str, Any]:
    """Everything the public sample shows."""
    return {
        "user": SamplePerson(),
        "form": SampleForm({"email": "ada", "sharing": ""}),
        "places": [
            {"href": "/gallery/", "label": "Courses", "here": True},
            {"href": "/gallery/", "label": "For teams"},
        ],
    }


def dashboard() -> dict[str, Any]:
    """Everything the app-shell sample shows."""
    places = [
        {"href": "/gallery/", "icon": "layout-dashboard", "label": "Overview", "here": True},
        {"href": "/gallery/", "icon": "users", "label": "People"},
        {"href": "/gallery/", "icon": "file-down", "label": "Reports"},
    ]
    return charts() | {
        "user": SamplePerson("Eve Marsh"),
        "role_name": "Cohort sponsor",
        "sections": [{"label": "Employer", "places": places}],
        "columns": ["Person", "Done", "Last active"],
        "rows": [["Ada Fielding", 26, "Today"], ["Callum Reid", 23, "Yesterday"]],
    }
