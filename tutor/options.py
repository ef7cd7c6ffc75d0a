"""The options that hold everywhere: accepted before and after a command, and turned into one `Settings`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from tutor.settings import Settings

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_GIVEN = "tutor.options.given"

_PATH = click.Path(path_type=Path)

_OPTIONS = (
    click.Option(
        ["--lessons"],
        type=_PATH,
        multiple=True,
        metavar="DIR",
        help="A lesson file or a folder of them; may be repeated.",
    ),
    click.Option(["--python"], metavar="EXE", help="The Python that has torch."),
    click.Option(["--data-dir"], type=_PATH, metavar="DIR", help="Where your record is kept."),
    click.Option(["--threads"], type=click.IntRange(1, 1024), metavar="N", help="torch threads of a run."),
    click.Option(
        ["--time-limit"],
        type=click.FloatRange(0, 604_800, min_open=True),
        metavar="S",
        help="Seconds a run may take.",
    ),
    click.Option(
        ["--memory-limit"], type=click.IntRange(64, 1 << 24), metavar="MB", help="Memory a run may use."
    ),
    click.Option(["--ascii"], is_flag=True, default=None, help="Draw with ASCII characters only."),
    click.Option(["--no-color"], is_flag=True, default=None, help="No colours."),
    click.Option(
        ["--full-redraw"],
        is_flag=True,
        default=None,
        help="Redraw whole panes: for terminals that show leftovers.",
    ),
)


def _remember(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value and option.name is not None:
        context.meta.setdefault(_GIVEN, {})[option.name] = True


watching = click.option(
    "--watch",
    is_flag=True,
    expose_value=False,
    callback=_remember,
    help="Put the code in a file for another editor, and run it whenever that is saved.",
)
json_lines = click.option(
    "--json", "as_json", is_flag=True, help="JSON lines on standard output, nothing else."
)


def everywhere(command: click.Command) -> click.Command:
    """The command, with the options that hold everywhere; a value after the command wins over one before it."""
    run = command.callback
    names = [option.name for option in _OPTIONS if option.name is not None]

    def collect(**values: object) -> object:
        context = click.get_current_context()
        given: dict[str, object] = context.meta.setdefault(_GIVEN, {})
        for name in names:
            value = values.pop(name)
            if value is not None and value != ():
                given[name] = value
        return None if run is None else context.invoke(run, **values)

    command.callback = collect if run is None else wraps(run)(collect)
    command.params = [*command.params, *_OPTIONS]
    return command


def pass_settings(
    run: Callable[Concatenate[Settings, Arguments], Result],
) -> Callable[Arguments, Result]:
    """Give a command's function the settings as its first argument."""

    @wraps(run)
    def with_settings(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        return run(settings(), *args, **kwargs)

    return with_settings


def settings() -> Settings:
    """What was given on the command line, before and after the command."""
    given = click.get_current_context().meta.get(_GIVEN, {})
    return Settings(
        lessons=given.get("lessons", ()),
        python=given.get("python"),
        data_dir=given.get("data_dir"),
        threads=given.get("threads"),
        time_limit=given.get("time_limit"),
        memory_limit=given.get("memory_limit"),
        ascii=bool(given.get("ascii", False)),
        color=not given.get("no_color", False),
        full_redraw=bool(given.get("full_redraw", False)),
        watch=bool(given.get("watch", False)),
    )
