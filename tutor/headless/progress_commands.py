"""`pytorch-tutor progress` and what is below it. What a command needs is imported when it runs: `--help` stays instant."""

from __future__ import annotations

import click

from tutor.failures import Exit
from tutor.options import everywhere, json_lines, pass_settings, settings
from tutor.settings import Settings


@click.group("progress", invoke_without_command=True)
@json_lines
@click.pass_context
def progress_command(ctx: click.Context, as_json: bool) -> int:
    """Show your record; export, import or reset it."""
    if ctx.invoked_subcommand is not None:
        return Exit.FINE
    from tutor.headless.record import show_record

    return show_record(settings(), as_json)


@click.command("export")
@click.argument("file")
@pass_settings
def export_command(settings: Settings, file: str) -> int:
    """Write your record to FILE as JSON; FILE - is standard output."""
    from tutor.headless.record import export_record

    return export_record(file, settings)


@click.command("import")
@click.argument("file")
@pass_settings
def import_command(settings: Settings, file: str) -> int:
    """Add an exported record to yours; nothing of yours is lost."""
    from tutor.headless.record import import_record

    return import_record(file, settings)


@click.command("reset")
@click.argument("place", metavar="[LESSON[/STEP]]", required=False)
@pass_settings
def reset_command(settings: Settings, place: str | None) -> int:
    """Forget a step, a lesson or everything; says how to undo it."""
    from tutor.headless.record import reset_record

    return reset_record(place, settings)


@click.command("undo")
@click.argument("token")
@pass_settings
def undo_command(settings: Settings, token: str) -> int:
    """Bring back what a reset took away."""
    from tutor.headless.record import undo_reset

    return undo_reset(token, settings)


everywhere(progress_command)
for command in (export_command, import_command, reset_command, undo_command):
    progress_command.add_command(everywhere(command))
