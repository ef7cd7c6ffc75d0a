"""A learner's record in memory, with the schedule of the real one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tutor.progress.contract import Due, Outcome, Place, StepRecord
from tutor.progress.review import Schedule, after_failure, after_help, after_pass

Key = tuple[str, str]


class FakeProgress:
    """Implements `progress.contract.Progress`; tests look at its public attributes."""

    def __init__(self, *, read_only: str = "", clock: Callable[[], float] = lambda: 0.0) -> None:
        self.reason = read_only
        self.clock = clock
        self.places: dict[str, Place] = {}
        """Newest last."""
        self.steps: dict[Key, StepRecord] = {}
        self.schedules: dict[Key, Schedule] = {}
        self.drafts: dict[Key, list[str]] = {}
        self.outcomes: list[tuple[str, str, Outcome]] = []
        self.taken: dict[str, tuple[dict[Key, StepRecord], dict[Key, Schedule], dict[Key, list[str]]]] = {}
        self.closed = False

    @property
    def read_only(self) -> str:
        return self.reason

    def place(self) -> Place | None:
        return list(self.places.values())[-1] if self.places else None

    def keep_place(self, place: Place) -> None:
        self.places.pop(place.lesson, None)
        self.places[place.lesson] = place

    def lesson_place(self, lesson: str) -> Place | None:
        return self.places.get(lesson)

    def record(self, lesson: str, step: str) -> StepRecord:
        return self.steps.get((lesson, step), StepRecord(lesson, step))

    def records(self) -> Mapping[str, Mapping[str, StepRecord]]:
        found: dict[str, dict[str, StepRecord]] = {}
        for (lesson, step), record in self.steps.items():
            found.setdefault(lesson, {})[step] = record
        return found

    def keep_attempt(self, lesson: str, step: str, outcome: Outcome, *, content: str = "") -> None:
        now = self.clock()
        self.outcomes.append((lesson, step, outcome))
        known = self.record(lesson, step)
        schedule = self.schedules.get((lesson, step), Schedule())
        if outcome in ("passed", "not_as_taught"):
            first = known.first_passed if known.first_passed is not None else now
            content = content or known.content
            after = replace(
                known, passed=True, attempts=known.attempts + 1, first_passed=first, content=content
            )
            self.schedules[lesson, step] = after_pass(schedule, now, before=known.passed)
        elif outcome in ("not_attempted", "stopped"):
            after = known
        else:
            after = replace(known, attempts=known.attempts + 1)
            self.schedules[lesson, step] = after_failure(schedule, now, before=known.passed)
        self.steps[lesson, step] = replace(after, last_seen=now)

    def keep_hint(self, lesson: str, step: str, rung: int, *, solution: bool = False) -> None:
        known = self.record(lesson, step)
        assisted = known.assisted or (solution and not known.passed)
        self.steps[lesson, step] = replace(
            known, hints=max(known.hints, rung), assisted=assisted, last_seen=self.clock()
        )
        if solution:
            self.schedules[lesson, step] = after_help(self.schedules.get((lesson, step), Schedule()))

    def draft(self, lesson: str, step: str) -> str | None:
        kept = self.drafts.get((lesson, step))
        return kept[-1] if kept else None

    def keep_draft(self, lesson: str, step: str, code: str) -> None:
        kept = self.drafts.setdefault((lesson, step), [])
        if not kept or kept[-1] != code:
            kept.append(code)

    def due(self, now: float) -> Sequence[Due]:
        found = [
            Due(lesson, step, schedule.due)
            for (lesson, step), schedule in self.schedules.items()
            if schedule.due is not None and schedule.due <= now
        ]
        return sorted(found, key=lambda due: (due.due, due.lesson, due.step))

    def reset(self, lesson: str | None = None, step: str | None = None) -> str:
        def meant(key: Key) -> bool:
            return lesson is None or (key[0] == lesson and step in (None, key[1]))

        token = str(len(self.taken))
        self.taken[token] = (
            {key: self.steps.pop(key) for key in [*self.steps] if meant(key)},
            {key: self.schedules.pop(key) for key in [*self.schedules] if meant(key)},
            {key: self.drafts.pop(key) for key in [*self.drafts] if meant(key)},
        )
        return token

    def undo(self, token: str) -> None:
        steps, schedules, drafts = self.taken.pop(token)
        self.steps.update(steps)
        self.schedules.update(schedules)
        for key, former in drafts.items():
            self.drafts[key] = former + self.drafts.get(key, [])

    def close(self) -> None:
        self.closed = True
