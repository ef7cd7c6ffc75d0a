"""What the worker said, as frozen dataclasses. Version 1 of the event contract; `docs/events.md` lists the keys.

`parse` turns one line of JSON into one event. Unknown keys are ignored; an unknown kind becomes `Unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from tutor.facts import Evidence, Frame, GraphNode, ModuleRow, Operand, Value

PROTOCOL = 1

FinishedStatus = Literal["ok", "error", "timeout", "memory", "stopped", "crashed"]
CheckStatus = Literal["passed", "failed", "not_reached", "not_attempted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Anything the worker said."""

    kind: ClassVar[str] = "unknown"
    t: float = 0.0
    """Seconds since the run started."""
    run: str = ""
    """Which run it belongs to; empty for the worker's own events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready(Event):
    """The worker has torch and can run."""

    kind: ClassVar[str] = "ready"
    protocol: int = PROTOCOL
    python: str = ""
    torch: str = ""
    devices: tuple[str, ...] = ("cpu",)
    layers: dict[str, str] = field(default_factory=dict)
    """Sandbox layer to `on`, or the reason it is off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Event):
    """A run began."""

    kind: ClassVar[str] = "started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output(Event):
    """Text the program wrote; stdout and stderr merged in order."""

    kind: ClassVar[str] = "output"
    stream: Literal["stdout", "stderr"] = "stdout"
    text: str = ""
    left_out: int = 0
    """Bytes dropped before this text because the cap was reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """The program waits in `input()` for a line."""

    kind: ClassVar[str] = "asked"
    prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Event):
    """What a name was bound to on a line: the last value, and how often."""

    kind: ClassVar[str] = "value"
    line: int
    name: str
    seen: int = 1
    value: Value | None = None
    how: str = "name"
    """`name`, `arg`, `loop`, `with`, `inplace`, `return`, `attribute`, `subscript`, `walrus` or `asked`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Event):
    """One optimizer step, or one `backward` where there is no optimizer."""

    kind: ClassVar[str] = "step"
    step: int
    """Counted from 0 within `series`."""
    loss: float | None = None
    lr: float | None = None
    grads: dict[str, float] = field(default_factory=dict)
    """Gradient norm per parameter; empty on steps where it was not sampled. None there means no gradient."""
    params: dict[str, float] = field(default_factory=dict)
    """Parameter norm per parameter, sampled like `grads`."""
    no_grad: tuple[str, ...] = ()
    """Parameters that got no gradient at this step."""
    n: int = 0
    """How many steps there were so far: long runs are sampled."""
    total: int | None = None
    """The loop's length, where it is known."""
    line: int | None = None
    """The line that called `backward`."""
    series: str = "loss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar(Event):
    """A number the learner's loop keeps (`val_loss`, `accuracy`): one point of a curve."""

    kind: ClassVar[str] = "scalar"
    name: str
    step: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph(Event):
    """The autograd graph behind a `backward()`."""

    kind: ClassVar[str] = "graph"
    root: int = 0
    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[tuple[int, int], ...] = ()
    """Pairs (user, input): data flowed from input to user."""
    left_out: int = 0
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleTree(Event):
    """A model's layers with the shapes that came out of them."""

    kind: ClassVar[str] = "module"
    name: str = ""
    rows: tuple[ModuleRow, ...] = ()
    stopped_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight(Event):
    """A silent bug, seen."""

    kind: ClassVar[str] = "insight"
    code: str
    line: int | None = None
    message: str = ""
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Error(Event):
    """The learner's exception, explained."""

    kind: ClassVar[str] = "error"
    type: str
    message: str = ""
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    end_line: int | None = None
    expression: str = ""
    frames: tuple[Frame, ...] = ()
    operands: tuple[Operand, ...] = ()
    explanation: str = ""
    next: str = ""
    traceback: str = ""
    """As Python would print it."""
    rule: str = ""
    """Which row of the table of explanations spoke; empty when none did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Event):
    """One graded check."""

    kind: ClassVar[str] = "check"
    id: str
    status: CheckStatus
    message: str = ""
    case: str = ""
    """The smallest case that failed, in words."""
    required: bool = True
    """False for technique: it may fail and the step still passes, with a note."""
    wrong: str = ""
    """Name of the known mistake this answer behaves like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Event):
    """Something the tutor has to say about the run that is no fault: a figure that was saved."""

    kind: ClassVar[str] = "notice"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Event):
    """What the program's names stood for at its end: what completion knows of them."""

    kind: ClassVar[str] = "names"
    names: dict[str, str] = field(default_factory=dict)
    """Path (`model`, `model.fc1`, `layers[0]`) to words: `torch.Tensor`, an instance of that class; `= torch.nn`, this very thing;
    `def (a, b)` or `class (a, b)`, made by the program, with the first line of its docstring after a line break; `object`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Event):
    """Always the last event of a run."""

    kind: ClassVar[str] = "finished"
    status: FinishedStatus
    seconds: float = 0.0
    peak_memory: int = 0
    """Bytes, of the whole process tree."""
    dropped: int = 0
    """Events left out because there were too many."""
    exit_code: int | None = None
    message: str = ""
    """For anything but `ok` and `error`: a sentence naming the limit, its value and what changes it."""
    graded: int | None = None
    """How many checks were decided; absent unless grading came to its very end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Event):
    """A kind this version does not know."""

    name: str = ""


ALL_EVENTS: tuple[type[Event], ...] = (
    Ready, Started, Output, Asked, Bound, Step, Scalar, Graph, ModuleTree, Insight, Error, Check, Notice, Names,
    Finished,
)  # fmt: skip


def parse(line: str | bytes) -> Event:
    """One line of JSON as an event. Raises `ValueError` for anything that is not a JSON object with a kind."""
    from tutor.decode import decode  # deferred: saves importing json and the table for `--help`

    return decode(line)
