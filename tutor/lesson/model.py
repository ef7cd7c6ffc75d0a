"""What a lesson is: frozen structures of format 1. `load` fills them; `schema` is made from them."""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT = 1

View = Literal["output", "tensors", "gradients", "graph", "model", "loss", "insights"]
Ask = Literal["shape", "dtype", "value", "grad", "output", "error", "device"]
Device = Literal["any", "gpu-preferred", "gpu-only"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Anything in a lesson file."""


class Source(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a topic (never a sentence) comes from."""

    repo: str
    section: str = ""
    license: str = ""


class Limits(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run of this lesson or step may use."""

    seconds: float = 10.0
    memory_mb: int = 2048
    threads: int = 1
    disk_mb: int = 300


class Check(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One check. Exactly one of the keys of the vocabulary is set; `docs/lesson-format.md` explains each."""

    id: str
    message: str = ""
    """One next thing to try; said after what was found and what was expected."""
    required: bool = True
    """Technique checks may be advice only: `required: false`."""

    defines: str | list[str] | None = None
    signature: str | None = None
    shape: str | None = None
    dtype: str | None = None
    device: str | None = None
    close: str | None = None
    equal: str | None = None
    grad_close: str | None = None
    gradcheck: str | None = None
    alias: list[str] | None = None
    noalias: list[str] | None = None
    pure: str | None = None
    parameters: str | None = None
    behaviour: str | None = None
    trains: str | None = None
    deterministic: str | None = None
    batch_independent: str | None = None
    no_future_leak: str | None = None
    uses: str | list[str] | None = None
    avoids: str | list[str] | None = None
    no_loop: str | None = None
    cost: str | None = None
    output: str | bool | list[str] | None = None
    raises: str | None = None
    tests: str | None = None
    holds: str | None = None
    python: str | None = None

    type: str | None = None
    """With `defines`."""
    is_: str | None = msgspec.field(name="is", default=None)
    """The expected shape, dtype, device, type or signature, where the solution's own is not the measure."""
    to: str | None = None
    """The expression to compare with, in the solution's scope; default: the same expression."""
    of: str | list[str] | None = None
    """What to differentiate by, or which model or parameters are meant."""
    rtol: float | None = None
    atol: float | None = None
    cases: str | None = None
    """Python drawing one case; overrides the step's."""
    times: int | None = None
    """How many cases are drawn."""
    given: dict[str, float] | None = None
    """Numbers of a behaviour: `{from: 1.0, to: 0.2, steps: 100}`, `{factor: 10}`."""
    error: str | None = None
    """With `raises`: the exception's name."""
    wrong_ones: list[str] | None = None
    """With `tests`: implementations the learner's tests must reject."""


CHECK_KINDS: tuple[str, ...] = (
    "defines", "signature", "shape", "dtype", "device", "close", "equal", "grad_close", "gradcheck", "alias",
    "noalias", "pure", "parameters", "behaviour", "trains", "deterministic", "batch_independent", "no_future_leak",
    "uses", "avoids", "no_loop", "cost", "output", "raises", "tests", "holds", "python",
)  # fmt: skip


class Alternative(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another right answer."""

    name: str
    code: str


class Wrong(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A known mistake: it must fail by the check `fails`, and the learner is told `says`."""

    name: str
    code: str
    fails: str
    """Id of the check that must fail, or `error` when the program raises."""
    says: str
    """The sentence shown for an answer that behaves like this one."""


class Waiver(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mutant that cannot be told from the solution, and why."""

    mutant: str
    reason: str


class Figure(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a number of the prose comes from, when an expression alone does not say it."""

    of: str
    """An expression asked after the run; `printed`: it stands in the output; `measured NAME`: a recorded measurement."""
    in_: Literal["", "code", "solution", "starter"] = msgspec.field(name="in", default="")
    """Which program of the step; empty: the solution, or the code where there is none."""
    then: str = ""
    """Lines that are run after that program, before the question."""


class _Step(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all steps share."""

    id: str
    title: str = ""
    text: str = ""
    """Markdown, shown in the reading pane."""
    show: list[View] = []
    """Views that open by themselves when there is something in them, first one on top."""
    look: str = ""
    """What to look at in that view, one sentence."""
    after: str = ""
    """What to keep from this; shown once it is done."""
    device: Device = "any"
    limits: Limits | None = None
    files: list[str] = []
    """Files of the lesson's `data` folder laid into the scratch folder."""
    numbers: dict[str, str | Figure] = {}
    """Numbers that the prose promises, as they stand there, to where they come from; `author test` compares."""


class Explain(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="explain"):
    """Something to read; `code` may be shown beside it, ready to run."""

    code: str = ""


class Run(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="run"):
    """Something to run and look at; counts when it has been run."""

    code: str
    changed: bool = False
    """True: counts only when the learner changed the code before running it."""


class Predict(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="predict"):
    """A question whose answer is computed by running the code."""

    ask: Ask
    code: str
    of: str = ""
    """The expression asked about; not needed for `output` and `error`."""
    question: str = ""
    """In place of the question made from `ask` and `of`."""
    choices: dict[str, str] = {}
    """Wrong choice to the reason it is wrong. The right one is added from the run."""
    rtol: float = 1e-3
    """For typed numbers."""


class Code(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="code"):
    """Code to write, fix or fill in."""

    goal: str
    starter: str
    solution: str
    checks: list[Check]
    hints: list[str] = []
    cases: str = ""
    """Python that draws one case with `draw`; the names it binds are in scope in the checks."""
    times: int = 8
    alternatives: list[Alternative] = []
    wrong: list[Wrong] = []
    starter_fails: str = ""
    """Id of the check the starter fails by, or `error`; empty: `not_attempted` or the first check."""
    waived: list[Waiver] = []
    given: dict[str, float] = {}


class Order(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="order"):
    """Shuffled lines to bring into order; other orders pass when the checks pass."""

    goal: str
    solution: str
    distractors: list[str] = []
    checks: list[Check] = []
    hints: list[str] = []
    alternatives: list[Alternative] = []


class Option(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One option of a choice."""

    text: str
    right: bool = False
    reason: str = ""


class Choice(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="choice"):
    """A question with options, each with its reason."""

    question: str
    options: list[Option]
    code: str = ""


class Tune(_Step, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="tune"):
    """Change the given numbers until the checks pass; seeds are fixed."""

    goal: str
    code: str
    given: dict[str, float]
    """Names assigned at the top of `code` that the learner may change, and what they start as."""
    solution: dict[str, float]
    checks: list[Check]
    hints: list[str] = []
    wrong: list[Wrong] = []


Step = Explain | Run | Predict | Code | Order | Choice | Tune
Gradable = Code | Order | Tune


class Lesson(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One lesson file."""

    format: Literal[1]
    id: str
    title: str
    why: str
    track: str
    steps: list[Step]
    aliases: list[str] = []
    concepts: list[str] = []
    prerequisites: list[str] = []
    minutes: int = 10
    sources: list[Source] = []
    device: Device = "any"
    limits: Limits = Limits()
    extension: bool = False
    recap: list[str] = []
    """Key takeaways; collected in the glossary."""
    terms: dict[str, str] = {}
    """Word to its one-sentence meaning, for the glossary."""


class Track(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A track of the course: its lessons in order."""

    id: str
    title: str
    about: str = ""
    lessons: list[str] = []


class Course(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`course.yaml`: a title and the order of tracks and lessons."""

    format: Literal[1]
    title: str
    tracks: list[Track]
