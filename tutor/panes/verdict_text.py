"""What the checks said: the verdict in words, what passed, the first failure's message, and one next thing to try."""

from __future__ import annotations

from rich.text import Text

from tutor.lesson.model import Step
from tutor.panes.printed import without_escapes
from tutor.progress.contract import Outcome
from tutor.renderables.charset import Charset, Tone
from tutor.renderables.literal import literal_lines
from tutor.runner.outcome import Verdict

_HEADS: dict[Outcome, tuple[str, Tone]] = {
    "passed": ("Correct.", "good"),
    "not_as_taught": ("Right, but not as taught.", "good"),
    "not_yet": ("Not yet.", "warning"),
    "error": ("It stopped with an error.", "bad"),
    "not_attempted": ("Nothing has been changed yet.", "muted"),
    "timeout": ("It took too long.", "bad"),
    "memory": ("It used too much memory.", "bad"),
    "stopped": ("It was stopped.", "muted"),
    "crashed": ("The program died.", "bad"),
}


def verdict_text(verdict: Verdict, step: Step, charset: Charset) -> Text:
    """The whole card."""
    words, tone = _HEADS[verdict.outcome]
    text = Text()
    text.append(words, style=f"bold {charset.style(tone)}")
    message = verdict.note if verdict.outcome == "not_as_taught" else verdict.message
    if message and message != words:
        text.append(f"\n\n{literal_lines(without_escapes(message))}")
    failed = next((check for check in verdict.checks if check.status == "failed"), None)
    if failed is not None and failed.case:
        text.append(f"\n\nFound with {literal_lines(failed.case)}", style="dim")
    if verdict.checks and verdict.outcome not in ("not_attempted",):
        text.append("\n")
        for check in verdict.checks:
            text.append_text(_check_line(check.id, check.status, check.required, charset))
    text.append(_next_words(verdict), style="dim")
    return text


def _check_line(name: str, status: str, required: bool, charset: Charset) -> Text:
    glyphs = charset.glyphs
    sign, tone = {
        "passed": (glyphs.tick, "good"),
        "failed": (glyphs.cross, "bad" if required else "warning"),
    }.get(status, (glyphs.circle, "muted"))
    line = Text("\n")
    line.append(f"{sign} ", style=charset.style(_tone(tone)))
    line.append(
        name.replace("_", " ").replace("-", " "),
        style="dim" if status == "not_reached" else "",
    )
    if status == "not_reached":
        line.append("  not reached", style="dim")
    return line


def _tone(name: str) -> Tone:
    tones: dict[str, Tone] = {"good": "good", "bad": "bad", "warning": "warning"}
    return tones.get(name, "muted")


def _next_words(verdict: Verdict) -> str:
    if verdict.done:
        return "\n\n^N goes on. Our solution is in the view beside this one: F2."
    if verdict.outcome == "not_attempted":
        return ""
    return "\n\n^G gives a hint."
