"""The course as a page: the map, and what each lesson teaches, made from the lessons themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.pages.markdown import table
from tutor.lesson.catalog import Catalog
from tutor.lesson.model import Lesson, Step

KINDS = {
    "explain": "to read",
    "run": "to run",
    "predict": "to predict",
    "code": "to write or repair",
    "order": "to put in order",
    "choice": "to choose",
    "tune": "to tune",
}


def course_page(catalog: Catalog) -> str:
    """The page."""
    lessons = {name: lesson for name in catalog.order if (lesson := catalog.lesson(name)) is not None}
    lines = [
        f"# {catalog.title}",
        "",
        _sum(lessons.values()),
        "",
        "## The map",
        "",
    ]
    for track in catalog.tracks:
        taught = [lessons[name] for name in track.lessons if name in lessons]
        if taught:
            lines += [f"### {track.title}", "", track.about, "", *_map(taught, lessons), ""]
    lines += ["## The lessons", ""]
    for lesson in lessons.values():
        lines += [*_lesson(lesson, lessons), ""]
    return "\n".join(lines).rstrip() + "\n"


def _sum(lessons: Iterable[Lesson]) -> str:
    kept = list(lessons)
    steps = [step for lesson in kept for step in lesson.steps]
    minutes = sum(lesson.minutes for lesson in kept)
    return f"{len(kept)} lessons, {len(steps)} steps, about {round(minutes / 60)} hours: {_counted(steps)}."


def _counted(steps: Iterable[Step]) -> str:
    counts = Counter(str(step.__struct_config__.tag) for step in steps)
    return ", ".join(f"{counts[kind]} {words}" for kind, words in KINDS.items() if counts[kind])


def _map(taught: list[Lesson], lessons: dict[str, Lesson]) -> list[str]:
    rows = [
        (
            f"[{lesson.title}](#{lesson.id})" + (" (extension)" if lesson.extension else ""),
            str(lesson.minutes),
            str(len(lesson.steps)),
            _needs(lesson, lessons) or "Python",
        )
        for lesson in taught
    ]
    return table(("lesson", "minutes", "steps", "needs"), rows)


def _needs(lesson: Lesson, lessons: dict[str, Lesson]) -> str:
    return ", ".join(f"[{lessons[name].title}](#{name})" for name in lesson.prerequisites if name in lessons)


def _lesson(lesson: Lesson, lessons: dict[str, Lesson]) -> list[str]:
    facts = [f"`{lesson.id}`, {lesson.minutes} minutes; {_counted(lesson.steps)}."]
    if needs := _needs(lesson, lessons):
        facts.append(f"Needs {needs}.")
    if lesson.concepts:
        facts.append(f"Teaches {', '.join(lesson.concepts)}.")
    steps = [f"{place}. {step.title or step.id}" for place, step in enumerate(lesson.steps, 1)]
    return [
        f'<a id="{lesson.id}"></a>',
        "",
        f"### {lesson.title}",
        "",
        lesson.why,
        "",
        " ".join(facts),
        "",
        *steps,
        "",
        *([f"To keep: {' '.join(lesson.recap)}"] if lesson.recap else []),
    ]
