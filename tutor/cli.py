"""The command line. Everything a command needs is imported when it runs, so that `--help` stays instant."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from tutor import __version__
from tutor.authoring.command_line import author_command
from tutor.failures import CommandFailure, Exit
from tutor.headless.progress_commands import progress_command
from tutor.options import everywhere, json_lines, pass_settings, watching
from tutor.settings import Settings

PROGRAM = "pytorch-tutor"
HELP_NAMES = {"help_option_names": ["-h", "--help"]}
DEBUG = "PYTORCH_TUTOR_DEBUG"


class Commands(click.Group):
    """A group whose first argument may also be a lesson."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; with any other word, opening the lesson of that name."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            return "open", open_command, args
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, invoke_without_command=True, context_settings=HELP_NAMES)
@click.version_option(__version__, prog_name=PROGRAM)
@click.option("--plain", is_flag=True, help="Lessons line by line, without a screen.")
@watching
@click.pass_context
def command_line(ctx: click.Context, plain: bool) -> int:
    """Learn PyTorch by doing, in a terminal.

    Without a command the tutor opens where you left off; `pytorch-tutor LESSON[/STEP]` opens it there.
    """
    ctx.obj = plain
    alone = ctx.invoked_subcommand is None
    if plain and ctx.invoked_subcommand not in (None, "open"):
        raise CommandFailure(
            f"--plain before `{ctx.invoked_subcommand}` opens no lesson: expected a lesson there, or --plain after the command."
        )
    return int(ctx.invoke(open_command, place=None, plain=False)) if alone else Exit.FINE


@click.command("open")
@click.argument("place", metavar="[LESSON[/STEP]]", required=False)
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@watching
@click.pass_context
@pass_settings
def open_command(settings: Settings, ctx: click.Context, place: str | None, plain: bool) -> int:
    """Open the tutor."""
    from tutor.opening import open_lessons

    return open_lessons(settings, place, [*command_line.commands], plain=plain or ctx.obj is True)


@click.command("list")
@json_lines
@pass_settings
def list_command(settings: Settings, as_json: bool) -> int:
    """Show the course with your progress."""
    from tutor.headless.listing import show_course

    return show_course(settings, as_json)


@click.command("run")
@click.argument("file")
@click.argument("argv", metavar="[-- ARGUMENTS...]", nargs=-1)
@json_lines
@click.option("--plain", is_flag=True, help="Text without colours or drawings.")
@click.option("--no-lens", is_flag=True, help="Only run it.")
@click.option("--allow-write", multiple=True, metavar="DIR", help="A folder the program may write to.")
@click.option("--allow-net", is_flag=True, help="Let the program reach the network.")
@pass_settings
def run_command(
    settings: Settings,
    file: str,
    argv: tuple[str, ...],
    as_json: bool,
    plain: bool,
    no_lens: bool,
    allow_write: tuple[str, ...],
    allow_net: bool,
) -> int:
    """Run FILE in the sandbox and show what the lens saw; FILE - is standard input."""
    from tutor.headless.run import run_file

    if as_json and plain:
        raise CommandFailure("--json and --plain exclude each other: give one of them.")
    mode = "json" if as_json else "plain" if plain else "rich"
    return run_file(file, argv, mode, not no_lens, settings, allow_write, allow_net)


@click.command("check")
@click.argument("place", metavar="LESSON/STEP")
@click.argument("file", required=False)
@json_lines
@pass_settings
def check_command(settings: Settings, place: str, file: str | None, as_json: bool) -> int:
    """Grade FILE, or your saved draft; FILE - is standard input."""
    from tutor.headless.check import check

    return check(place, file, as_json, settings)


@click.command("show")
@click.argument("lesson")
@click.option("--plain", is_flag=True, help="Text without colours or drawings.")
@pass_settings
def show_command(settings: Settings, lesson: str, plain: bool) -> int:
    """Read a lesson as text: for pipes and screen readers."""
    from tutor.headless.show import show_lesson

    return show_lesson(lesson, plain, settings)


@click.command("doctor")
@json_lines
@pass_settings
def doctor_command(settings: Settings, as_json: bool) -> int:
    """Say what this machine has and lacks: Python, torch, devices, terminal, sandbox."""
    from tutor.headless.doctor import examine

    return examine(settings, as_json)


@click.command("preview")
@click.argument("place", metavar="LESSON/STEP")
@pass_settings
def author_preview_command(settings: Settings, place: str) -> int:
    """Open a step in the real screen; it is read again on each save."""
    from tutor.preview import preview

    return preview(settings, place)


def _assemble() -> None:
    everywhere(command_line)
    everywhere(open_command)
    for command in (list_command, run_command, check_command, show_command, doctor_command):
        command_line.add_command(everywhere(command))
    command_line.add_command(progress_command)
    author_command.add_command(everywhere(author_preview_command))
    command_line.add_command(author_command)


_assemble()


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if argv is None else argv))


def run(argv: Sequence[str]) -> int:
    """Run one command; every fault becomes one sentence on standard error."""
    try:
        result = command_line.main(list(argv), prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except CommandFailure as failure:
        return _say(str(failure), failure.code)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as fault:
        where = fault.ctx.command_path if fault.ctx is not None else PROGRAM
        return _say(f"{fault.format_message()} `{where} --help` says what it takes.", Exit.WRONG)
    except click.ClickException as fault:
        return _say(fault.format_message(), Exit.WRONG)
    except (KeyboardInterrupt, click.Abort):
        return _say("stopped.", Exit.NOT_PASSED)
    except BrokenPipeError:
        # The reader went away (`| head`); what Python flushes at exit must go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE
    except Exception as fault:
        return _own_fault(fault)
    return result if isinstance(result, int) else Exit.FINE


def _own_fault(fault: Exception) -> int:
    if os.environ.get(DEBUG):
        raise fault
    said = " ".join(str(fault).split()) or type(fault).__name__
    if isinstance(fault, OSError):
        return _say(f"{said}.", Exit.WRONG)
    return _say(f"internal fault, {type(fault).__name__}: {said}. {DEBUG}=1 shows where.", Exit.LACKING)


def _say(sentence: str, code: int) -> int:
    print(f"{PROGRAM}: {sentence}", file=sys.stderr)
    return code
