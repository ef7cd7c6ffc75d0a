"""`pytorch-tutor author` and what is below it. What a command needs is imported when it runs: `--help` stays instant."""

from __future__ import annotations

from pathlib import Path

import click

from tutor.options import everywhere, json_lines, pass_settings
from tutor.settings import Settings


@click.group("author")
def author_command() -> None:
    """Write and test lessons; never touches a learner's record."""


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_lines
@pass_settings
def author_test_command(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> int:
    """Prove lessons: solutions pass, starters and wrong answers fail as they say."""
    from tutor.authoring.prove import test

    return test(paths or settings.lessons, as_json, settings)


@click.command("mutate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_lines
@pass_settings
def author_mutate_command(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> int:
    """Change each solution in the ways people slip; the checks must notice."""
    from tutor.authoring.mutate import mutate

    return mutate(paths or settings.lessons, as_json, settings)


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_lines
@pass_settings
def author_lint_command(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> int:
    """Say what lessons should not do although they load; runs nothing."""
    from tutor.authoring.lint import lint

    return lint(paths or settings.lessons, as_json)


@click.command("schema")
def author_schema_command() -> int:
    """Print the JSON Schema of a lesson file."""
    from tutor.authoring.schema import schema

    return schema()


everywhere(author_command)
for command in (author_test_command, author_mutate_command, author_lint_command, author_schema_command):
    author_command.add_command(everywhere(command))
