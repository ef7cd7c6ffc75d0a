"""`author schema`: the JSON Schema of a lesson file, made from the structures that the loader fills."""

from __future__ import annotations

import json
from typing import Any

import click
import msgspec

from tutor.failures import Exit
from tutor.lesson.model import FORMAT, Lesson


def lesson_schema() -> dict[str, Any]:
    """The schema of format 1."""
    schema = msgspec.json.schema(Lesson)
    title = f"pytorch-tutor lesson, format {FORMAT}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def schema() -> int:
    """Print the schema."""
    click.echo(json.dumps(lesson_schema(), indent=2, ensure_ascii=False))
    return Exit.FINE
