"""The parts of a prompt as its template shows them.

Each part has ``type`` (text, gaps, sentences or pair), and ``name``, ``text``, ``field``, ``given``
and ``language`` as a file has them, so that every page can show it as a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from countersign.exercises.kinds.prompt.form import GAP, PLACE, TEXT
from countersign.exercises.models import ExerciseVersion
from grader.answer import Answer

Part = dict[str, Any]


def work(version: ExerciseVersion, answer: Answer, revealed: Mapping[str, Any]) -> list[Part]:
    """One part with what was written. ``evidence`` is what the verdict shows of it, if any."""
    part = _OWN.get(version.shown["variant"], _text)(version, answer)
    predicted = answer.fields.get("prediction")
    shared = {
        "name": _("Your prompt"),
        "field": "",
        "given": "",
        "language": "text",
        "prediction": "" if predicted is None else predicted,
        "evidence": dict(revealed),
    }
    return [shared | part]


def _text(version: ExerciseVersion, answer: Answer) -> Part:
    given = (version.shown.get("given") or {}).get("prompt", "")
    text = answer.files.get(version.shown["program"], given)
    return {"type": "text", "field": TEXT, "text": text, "given": given}


def _gaps(version: ExerciseVersion, answer: Answer) -> Part:
    given = answer.fields.get("gaps")
    texts = given if isinstance(given, Mapping) else {}
    pieces = []
    for piece in version.shown["faded"]["pieces"]:
        gap = piece.get("gap")
        value = texts.get(gap, "") if gap else ""
        pieces.append({**piece, "field": f"{GAP}{gap}", "value": value} if gap else piece)
    text = "".join(piece.get("text", "") or piece.get("value", "") for piece in pieces)
    return {"type": "gaps", "pieces": pieces, "text": text}


def _sentences(version: ExerciseVersion, answer: Answer) -> Part:
    given = answer.fields.get("order")
    order = given if isinstance(given, list) else []
    sentences = version.shown["sentences"]
    rows = [
        {
            "field": f"{PLACE}{at}",
            "text": text,
            "place": order.index(at) + 1 if at in order else "",
        }
        for at, text in enumerate(sentences)
    ]
    chosen = [sentences[at] for at in order if isinstance(at, int) and at < len(sentences)]
    return {"type": "sentences", "sentences": rows, "text": "\n".join(chosen)}


def _pair(version: ExerciseVersion, answer: Answer) -> Part:
    choice = answer.fields.get("choice", "")
    marked = answer.fields.get("missing")
    marked = marked if isinstance(marked, list) else []
    prompts = [
        {"name": name, "chosen": name == choice, **prompt}
        for name, prompt in version.shown["prompts"].items()
    ]
    decisions = [
        {**decision, "marked": decision["id"] in marked} for decision in version.shown["decisions"]
    ]
    said = [decision["about"] for decision in decisions if decision["marked"]]
    text = "\n".join([_("Prompt %(name)s") % {"name": str(choice).upper()}, *said])
    return {"type": "pair", "prompts": prompts, "decisions": decisions, "text": text}


_OWN = {"faded": _gaps, "parsons": _sentences, "compare_two": _pair}
