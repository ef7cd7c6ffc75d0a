"""Gradient flow: the gradient of every parameter on a log scale, and in words when something is wrong with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rich.text import Text

from tutor.events import Step
from tutor.renderables.charset import Charset, Tone
from tutor.renderables.literal import clip, left, literal, right, stack
from tutor.renderables.numbers import number_text, times_text

VANISHING = 1e-5
"""Share of the largest gradient below which one is called vanishing."""
TINY = 1e-8
EXPLODING = 1e3
DECADES = 6


@dataclass(frozen=True, slots=True)
class Flow:
    """The gradient of one parameter at one step."""

    name: str
    gradient: float | None
    parameter: float | None = None
    update: float | None = None
    """Length of a plain step (rate times gradient) as a share of the parameter's."""
    verdict: str = ""
    """`no gradient`, `zero`, `vanishing`, `exploding`, `NaN gradient`, or nothing when all is well."""


def gradient_flow(step: Step) -> list[Flow]:
    """Every parameter of one step, those without a gradient included, in the model's order."""
    finite = [norm for norm in step.grads.values() if math.isfinite(norm)]
    top = max(finite, default=0.0)
    flows = [_flow(name, norm, step, top) for name, norm in step.grads.items()]
    missing = [name for name in step.no_grad if name not in step.grads]
    return flows + [Flow(name, None, step.params.get(name), verdict="no gradient") for name in missing]


def _flow(name: str, norm: float, step: Step, top: float) -> Flow:
    parameter = step.params.get(name)
    known = parameter is not None and step.lr is not None and parameter > 0
    update = step.lr * norm / parameter if known and step.lr is not None and parameter else None
    return Flow(name, norm, parameter, update, _verdict(norm, top))


def _verdict(norm: float, top: float) -> str:
    if not math.isfinite(norm):
        return "NaN gradient" if math.isnan(norm) else "infinite gradient"
    if norm == 0:
        return "zero"
    if norm >= EXPLODING:
        return "exploding"
    return "vanishing" if norm < top * VANISHING or norm < TINY else ""


def gradient_plot(step: Step, width: int, charset: Charset) -> Text:
    """One row a parameter: its norm, a bar over six decades, a word when it is needed, the update as a share."""
    flows = gradient_flow(step)
    if not flows:
        return Text("No gradients yet: call backward().", style=charset.style("muted"))
    names = min(max(len(flow.name) for flow in flows), max(10, width // 3))
    tail = 20 if any(flow.update is not None for flow in flows) and width >= 72 else 0
    bar = max(6, min(30, width - names - 26 - tail))
    finite = [flow.gradient for flow in flows if flow.gradient is not None and math.isfinite(flow.gradient)]
    top = max(finite, default=0.0)
    lines = [Text(clip(_heading(step), width, charset), style=charset.style("muted"), no_wrap=True)]
    lines.extend(_row(flow, top, names, bar, bool(tail), charset) for flow in flows)
    for line in lines:
        line.truncate(width)
    return stack(lines)


def _heading(step: Step) -> str:
    rate = f"   learning rate {number_text(step.lr)}" if step.lr is not None else ""
    return f"step {step.step:,}{rate}   length of each gradient, bars on a log scale"


def _row(flow: Flow, top: float, names: int, bar: int, with_update: bool, charset: Charset) -> Text:
    text = Text(left(literal(flow.name, charset), names, charset), no_wrap=True)
    text.append("  ")
    if flow.gradient is None:
        text.append("no gradient", style=charset.style("bad"))
        return text
    text.append(right(number_text(flow.gradient, 3), 8, charset), style=charset.style("plain"))
    text.append(" ")
    share = _share(flow.gradient, top)
    tone: Tone = "warning" if flow.verdict else "accent"
    text.append(bar_text(share, bar, charset), style=charset.style(tone))
    if flow.verdict:
        text.append(
            f" {flow.verdict}",
            style=charset.style(
                "bad" if flow.verdict in ("NaN gradient", "infinite gradient") else "warning"
            ),
        )
    elif with_update and flow.update is not None:
        text.append(f" update/weight {number_text(flow.update, 2)}", style=charset.style("muted"))
    text.rstrip()
    return text


def _share(norm: float, top: float) -> float:
    if not math.isfinite(norm) or norm <= 0 or top <= 0:
        return 0.0
    return max(0.0, min(1.0, (math.log10(norm / top) + DECADES) / DECADES))


def bar_text(share: float, width: int, charset: Charset) -> str:
    """A bar of `width` cells, filled to a share, to the eighth of a cell."""
    parts = charset.glyphs.bar_parts
    filled = share * width
    full = int(filled)
    rest = parts[int((filled - full) * len(parts))] if full < width else ""
    return (charset.glyphs.bar * full + rest).ljust(width)


def gradients_in_words(step: Step) -> str:
    """What a sighted reader sees: the largest, the smallest, and every parameter in trouble by name."""
    flows = gradient_flow(step)
    fine = [flow for flow in flows if flow.gradient is not None and math.isfinite(flow.gradient)]
    if not flows:
        return "There are no gradients yet."
    lines = [f"Step {step.step:,}: {times_text(len(flows), 'parameter')}."]
    if fine:
        most = max(fine, key=lambda flow: flow.gradient or 0.0)
        least = min(fine, key=lambda flow: flow.gradient or 0.0)
        lines.append(f"The largest gradient is that of {most.name}, {number_text(most.gradient or 0.0, 3)};")
        lines.append(f"the smallest that of {least.name}, {number_text(least.gradient or 0.0, 3)}.")
    lines.extend(f"{flow.name}: {flow.verdict}." for flow in flows if flow.verdict)
    return " ".join(lines)
