"""What is due for review: at most two steps of a sitting, of lessons that can still be opened."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.lesson.task import step_title
from tutor.services import Services

MOST = 2


@dataclass(frozen=True, slots=True)
class Review:
    """One step to come back to."""

    place: str
    title: str
    lesson_title: str
    days: int
    """Since it was due."""


def reviews(services: Services) -> list[Review]:
    """The most overdue steps."""
    now = services.clock()
    found: list[Review] = []
    for due in services.progress.due(now):
        if len(found) == MOST:
            break
        lesson = services.catalog.lesson(due.lesson) if due.lesson in services.catalog.order else None
        step = next((step for step in lesson.steps if step.id == due.step), None) if lesson else None
        if lesson is not None and step is not None:
            days = int((now - due.due) // 86_400)
            found.append(Review(f"{lesson.id}/{step.id}", step_title(step), lesson.title, days))
    return found


def offer(found: list[Review]) -> str:
    """The offer at the start of a sitting, as a sentence; whoever does not feel like it goes on."""
    names = " and ".join(f"“{review.title}”" for review in found)
    return (
        f"Due for review: {names}. F3 has {'them' if len(found) > 1 else 'it'} at the top." if found else ""
    )
