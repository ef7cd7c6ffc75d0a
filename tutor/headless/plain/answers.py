"""Writing an answer without a screen: in one's own editor, from a file, by typed lines, by numbers."""

from __future__ import annotations

from pathlib import Path

from tutor.headless.plain.conversation import EndOfTyping
from tutor.headless.plain.sitting import Sitting
from tutor.headless.plain.words import lines_in_words, listing
from tutor.lesson.model import Order, Tune
from tutor.lesson.task import lines_to_order
from tutor.lesson.tuning import numbers_in, tuned, written

END = "."
LARGEST_FILE = 1_000_000
"""Bytes; an answer is a page of code."""


async def edit(sitting: Sitting, how: str) -> None:
    """Let the learner change the answer; `how` is what was typed after the command."""
    match sitting.step:
        case Order() as step:
            await _arrange(sitting, step, how)
        case Tune() as step:
            await _tune(sitting, step)
        case _:
            await _write(sitting, how)


async def _write(sitting: Sitting, how: str) -> None:
    if not how:
        own = f"[o] opens {sitting.editor.name}, " if sitting.editor.name else ""
        sitting.talk.say(
            f"{own}[t] takes a new program typed here, a number changes that line,"
            " a number after a plus sign adds lines below that line, anything else is a file to read."
        )
        how = (await sitting.talk.ask("How?")).strip()
    former = sitting.code
    if how == "o" and sitting.editor.name:
        await _open_editor(sitting)
    elif how == "t":
        sitting.talk.say("Type the program; a line with a single full stop ends it.")
        await _type_lines(sitting, [], [])
    elif how.removeprefix("+").isdecimal():
        await _change_line(sitting, int(how.removeprefix("+")), how.startswith("+"))
    elif how:
        _read_file(sitting, how)
    if sitting.code == former:
        sitting.talk.say("The code is as it was.")
    else:
        sitting.talk.say(listing(sitting.code))


async def _open_editor(sitting: Sitting) -> None:
    try:
        code = await sitting.editor.edit(sitting.code, f"{sitting.step.id}.py", sitting.keep_code)
    except OSError as fault:
        sitting.talk.say(
            f"{sitting.editor.name} could not be started: {fault.strerror}. Name an editor in VISUAL or EDITOR."
        )
    else:
        sitting.keep_code(code)


async def _type_lines(sitting: Sitting, above: list[str], below: list[str]) -> None:
    """Lines up to a single full stop; each is kept as soon as it is typed."""
    typed: list[str] = []
    try:
        while (line := await sitting.talk.ask(f"{len(above) + len(typed) + 1:>3}")) != END:
            typed.append(line)
            sitting.keep_code("\n".join([*above, *typed, *below]) + "\n")
    except EndOfTyping:
        sitting.talk.say("What was typed so far is kept.")
        raise


async def _change_line(sitting: Sitting, number: int, below: bool) -> None:
    lines = sitting.code.rstrip("\n").split("\n")
    if not (0 if below else 1) <= number <= len(lines):
        sitting.talk.say(f"The code has the lines 1 to {len(lines)}.")
        return
    if below:
        sitting.talk.say("Type the lines; a line with a single full stop ends them.")
        await _type_lines(sitting, lines[:number], lines[number:])
        return
    sitting.talk.say(f"Line {number} is now:\n{lines[number - 1]}")
    line = await sitting.talk.ask("New line, empty leaves it, a single full stop takes it out:")
    if line:
        lines[number - 1 : number] = [] if line == END else [line]
        sitting.keep_code("\n".join(lines) + "\n")


def _read_file(sitting: Sitting, name: str) -> None:
    try:
        content = Path(name).expanduser().read_bytes()
        if len(content) > LARGEST_FILE:
            sitting.talk.say(f"{name} holds more than 1 MB; expected a page of code.")
            return
        sitting.keep_code(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as fault:
        sitting.talk.say(f"{name} cannot be read: {fault.strerror}.")
    except UnicodeDecodeError as fault:
        sitting.talk.say(f"{name} is not UTF-8 text (byte {fault.start}); save it as UTF-8.")


async def _arrange(sitting: Sitting, step: Order, how: str) -> None:
    lines = lines_to_order(step)
    if not how:
        sitting.talk.say(lines_in_words(step))
        how = await sitting.talk.ask("The numbers of the lines you use, in their order:")
    numbers = how.replace(",", " ").split()
    strange = [one for one in numbers if not (one.isdecimal() and 1 <= int(one) <= len(lines))]
    repeated = [one for one in numbers if numbers.count(one) > 1]
    if strange or repeated:
        wrong = strange[0] if strange else repeated[0]
        sitting.talk.say(
            f"{wrong} {'is no line' if strange else 'is there twice'}; the lines are 1 to {len(lines)}."
        )
    elif numbers:
        sitting.keep_code("".join(f"{lines[int(one) - 1]}\n" for one in numbers))
        sitting.talk.say(listing(sitting.code))


async def _tune(sitting: Sitting, step: Tune) -> None:
    now = {**step.given, **numbers_in(sitting.code, step.given)}
    for name in step.given:
        typed = (
            await sitting.talk.ask(f"{name} is {written(now[name])}; new number, empty leaves it:")
        ).strip()
        try:
            now[name] = float(typed) if typed else now[name]
        except ValueError:
            sitting.talk.say(f"{typed} is no number; {name} stays {written(now[name])}.")
    sitting.keep_code(tuned(sitting.code, now))
    sitting.talk.say(listing(sitting.code))
