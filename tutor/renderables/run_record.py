"""Everything one run has said so far, kept small however long it runs; the panes show it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.events import (
    Asked,
    Bound,
    Check,
    Error,
    Event,
    Finished,
    Graph,
    Insight,
    ModuleTree,
    Output,
    Scalar,
    Step,
)
from tutor.renderables.series import Series

MOST_SAMPLES = 512
"""Sampled steps kept; a longer list is thinned to every second one."""
MOST_GRAPHS = 8

Key = tuple[int, str]


@dataclass(slots=True)
class RunRecord:
    """What a run said, by kind."""

    source: str = ""
    bound: dict[Key, Bound] = field(default_factory=dict)
    """The last value of each name on each line, in the order they first came."""
    asked: dict[str, Bound] = field(default_factory=dict)
    """Answers to the request's expressions."""
    curves: dict[str, Series] = field(default_factory=dict)
    """Losses and the numbers a loop keeps, by name."""
    step: Step | None = None
    """The last optimizer step."""
    sampled: list[Step] = field(default_factory=list)
    """Steps at which gradient norms were looked at."""
    graphs: list[Graph] = field(default_factory=list)
    modules: dict[str, ModuleTree] = field(default_factory=dict)
    insights: list[Insight] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    error: Error | None = None
    question: Asked | None = None
    """`input()` waiting for a line."""
    finished: Finished | None = None
    printed: bool = False

    def add(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case Bound(how="asked"):
                self.asked[event.name] = event
            case Bound():
                self.bound[event.line, event.name] = event
            case Step():
                self._add_step(event)
            case Scalar():
                self._curve(event.name).add(event.value, event.step)
            case Graph():
                self.graphs = [*self.graphs[-MOST_GRAPHS + 1 :], event]
            case ModuleTree():
                self.modules[event.name] = event
            case Insight():
                self.insights.append(event)
            case Check():
                self.checks.append(event)
            case Error():
                self.error = event
            case Asked():
                self.question = event
            case Output():
                self.printed = True
            case Finished():
                self.finished = event
                self.question = None

    def told(self) -> list[Event]:
        """What a verdict is made from: the checks, the error and the end."""
        ends: list[Event | None] = [self.error, self.finished]
        return [*self.checks, *(event for event in ends if event is not None)]

    def _curve(self, name: str) -> Series:
        return self.curves.setdefault(name, Series(name))

    def _add_step(self, event: Step) -> None:
        self.step = event
        if event.loss is not None:
            self._curve(event.series).add(event.loss, event.step)
        if event.grads or event.no_grad:
            self.sampled.append(event)
            if len(self.sampled) > MOST_SAMPLES:
                self.sampled[:] = self.sampled[:-1:2] + self.sampled[-1:]
