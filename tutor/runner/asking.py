"""Questions of the editor to the worker: each has an id and a future, so that no answer is ever taken for another's; what an object
has is asked once and kept. They are answered by the worker itself, so they work while a run is busy and after it is gone.
"""

from __future__ import annotations

import asyncio
import builtins
import itertools
import keyword
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tutor.runner.answer import About, Answer, Candidate
from tutor.runner.cursor import NAME, arguments, code_of, importing_from, opening_before, path_before, words
from tutor.runner.ranking import active_parameter, parameters_of, ranked
from tutor.runner.subjects import Subject, Subjects
from tutor.runner.told import told_below

Post = Callable[[dict[str, object]], bool]
"""Sends a command; False when there is no worker to send it to."""
PATIENCE = 2.0
"""Seconds to wait for an answer; a worker that is importing torch has none yet."""


@dataclass(frozen=True, slots=True)
class FarAnswer:
    """What the worker said of one object."""

    items: tuple[Candidate, ...] = ()
    signature: str = ""
    doc: str = ""


class Asking:
    """Open questions and kept answers of one worker."""

    def __init__(self) -> None:
        self._ids = (f"q{number}" for number in itertools.count(1))
        self._open: dict[str, asyncio.Future[FarAnswer]] = {}
        self._kept: dict[tuple[str, tuple[str, ...], bool], FarAnswer] = {}

    def forget(self) -> None:
        """The worker is gone: what it knew may differ in the next, and no open question will be answered."""
        self._kept.clear()
        for future in self._open.values():
            future.cancel()

    def take(self, message: Mapping[str, object]) -> None:
        """An `answer` of the worker."""
        future = self._open.get(str(message.get("ask")))
        if future is None or future.done():
            return
        rows = message.get("items")
        items = tuple(
            Candidate(str(row[0]), str(row[1]))
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, list) and len(row) == 2
        )
        future.set_result(FarAnswer(items, str(message.get("signature", "")), str(message.get("doc", ""))))

    async def far(self, post: Post, about: str, subject: Subject) -> FarAnswer:
        """The worker's answer; an empty one when it has none in time."""
        if not subject.steps:
            return FarAnswer()
        about = "complete" if about == "complete" else "doc"
        key = (about, subject.steps, subject.instance)
        if key in self._kept:
            return self._kept[key]
        name = next(self._ids)
        future = self._open[name] = asyncio.get_running_loop().create_future()
        path = list(subject.steps)
        try:
            if not post(
                {"do": "ask", "ask": name, "about": about, "path": path, "instance": subject.instance}
            ):
                return FarAnswer()
            self._kept[key] = await asyncio.wait_for(asyncio.shield(future), PATIENCE)
            return self._kept[key]
        except asyncio.TimeoutError:
            return FarAnswer()
        except asyncio.CancelledError:
            if future.cancelled():  # the worker went away; nobody cancelled us
                return FarAnswer()
            raise
        finally:
            del self._open[name]
            future.cancel()

    async def answer(
        self, post: Post, about: About, text: str, names: Mapping[str, str], first: Sequence[str]
    ) -> Answer:
        """See `Runner.ask`."""
        code, quoted = code_of(text)
        if about == "complete":
            return Answer(about) if quoted else await self._complete(post, code, names, first)
        end = opening_before(code, len(code)) if about == "signature" else len(code)
        path = path_before(code[:end].rstrip()) if end is not None else None
        if path is None or end is None or (about == "doc" and quoted):
            return Answer(about)
        subject = Subjects(code, names).of(path)
        far = await self.far(post, about, subject)
        told = subject.told
        signature = far.signature or (told.signature if told else "")
        doc = far.doc or (told.doc if told else "")
        parameters = parameters_of(signature)
        active = active_parameter(parameters, *arguments(code[end + 1 :])) if about == "signature" else None
        return Answer(about, (), 0, path.text, signature, parameters, active, doc)

    async def _complete(
        self, post: Post, code: str, names: Mapping[str, str], first: Sequence[str]
    ) -> Answer:
        line = code.rpartition("\n")[2]
        found = re.search(rf"(?:{NAME})?$", line)
        prefix = found[0] if found else ""
        before = code[: len(code) - len(prefix)]
        module = importing_from(code)
        if module is not None:
            subject, text = Subject((module,)), module
        elif before.endswith("."):
            path = path_before(before[:-1])
            subject, text = (Subjects(code, names).of(path), path.text) if path else (Subject(), "")
        elif prefix and not before[-1:].isdigit():
            return Answer("complete", ranked(_bare(before, names), prefix, first), len(prefix))
        else:
            return Answer("complete")
        far = await self.far(post, "complete", subject)
        told = told_below(subject.told.path, names) if subject.told else []
        own = [Candidate(name) for name in subject.own if name != prefix]
        return Answer(
            "complete",
            ranked((*told, *far.items, *own), prefix, (*first, *(one.name for one in (*told, *own)))),
            len(prefix),
            text,
        )


def _bare(code: str, names: Mapping[str, str]) -> list[Candidate]:
    """Names that may stand alone: the program's, the text's, Python's own."""
    candidates = told_below("", names)
    candidates += [Candidate(name) for name in words(code)]
    candidates += [Candidate(name, "keyword") for name in keyword.kwlist]
    candidates += [
        Candidate(name, "function" if callable(value) else "value") for name, value in vars(builtins).items()
    ]
    return candidates
