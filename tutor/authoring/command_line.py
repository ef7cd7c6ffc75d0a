"""`pytorch-tutor author` and what is below it. What a command needs is imported when it runs: `--help` stays instant."""

from __future__ import annotations

from pathlib import Path

import click

from tutor.options import everywhere, json_lines, pass_settings
from tutor.settings import Settings

_INTO = click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder to write to; default: this one.",
)


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


@click.command("new")
@click.argument("name", metavar="ID")
@_INTO
def author_new_command(name: str, folder: Path) -> int:
    """Write a small commented lesson that passes, to start from."""
    from tutor.authoring.scaffold import new_lesson

    return new_lesson(name, folder)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@_INTO
def author_import_command(file: Path, folder: Path) -> int:
    """Make a draft lesson of a Markdown file or a Jupyter notebook."""
    from tutor.authoring.draft import import_draft

    return import_draft(file, folder)


@click.command("pack")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def author_pack_command(folder: Path, out: Path) -> int:
    """Put a folder of lessons into one file that --lessons reads."""
    from tutor.authoring.packing import pack

    return pack(folder, out)


@click.command("transcript")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Write the record instead of comparing with it.")
@click.option("--in", "folder", type=click.Path(path_type=Path), help="Where the records lie: NAME.txt each.")
@pass_settings
def author_transcript_command(
    settings: Settings, paths: tuple[Path, ...], update: bool, folder: Path | None
) -> int:
    """Record all that a learner would see, and compare with the record."""
    from tutor.authoring.transcript import transcript

    return transcript(paths or settings.lessons, folder, update, settings)


everywhere(author_command)
for command in (
    author_new_command,
    author_lint_command,
    author_test_command,
    author_mutate_command,
    author_transcript_command,
    author_import_command,
    author_pack_command,
    author_schema_command,
):
    author_command.add_command(everywhere(command))
