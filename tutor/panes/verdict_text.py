"""What the checks said: the verdict in words, what passed, the first failure's message, and one next thing to try."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from tutor.panes.printed import without_escapes
from tutor.progress.contract import Outcome
from tutor.renderables.charset import Charset, Tone
from tutor.renderables.literal import literal, wrapped
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


def verdict_text(verdict: Verdict, width: int, charset: Charset) -> Text:
    """The whole card, broken between words."""
    words, tone = _HEADS[verdict.outcome]
    text = Text(no_wrap=True)
    text.append(words, style=f"bold {charset.style(tone)}")
    message = verdict.note if verdict.outcome == "not_as_taught" else verdict.message
    if message and message != words:
        text.append(f"\n\n{_folded(message, width, charset)}")
    failed = next((check for check in verdict.checks if check.status == "failed"), None)
    if failed is not None and failed.case:
        text.append(f"\n\n{_folded(f'Found with {failed.case}', width, charset)}", style="dim")
    if verdict.checks and verdict.outcome not in ("not_attempted",):
        text.append("\n")
        for check in verdict.checks:
            text.append_text(_check_line(check.id, check.status, check.required, charset))
    if following := _next_words(verdict):
        text.append(f"\n\n{_folded(following, width, charset)}", style="dim")
    return text


def _folded(text: str, width: int, charset: Charset) -> str:
    """Words of a lesson or a program; lines that fit stay as they are, code in them keeps its margin."""
    lines: list[str] = []
    for line in without_escapes(text).rstrip().split("\n"):
        margin = line[: len(line) - len(line.lstrip(" "))]
        fits = cell_len(line) <= width or len(margin) > width // 2
        pieces = [literal(line, charset)] if fits else wrapped(line, width - len(margin), charset)
        lines += pieces if fits else [margin + piece for piece in pieces]
    return "\n".join(lines)


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
        return "^N goes on. Our solution is in the view beside this one: F2."
    if verdict.outcome == "not_attempted":
        return ""
    return "^G gives a hint."
