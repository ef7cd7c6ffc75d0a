"""`author import`: a Markdown lesson with front matter, or a Jupyter notebook, becomes a draft lesson to be worked on."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from tutor.authoring.front_matter import Front, front_of
from tutor.authoring.scaffold import write_new
from tutor.authoring.standing import Earlier
from tutor.authoring.yaml_text import block, quoted_text
from tutor.failures import CommandFailure, Exit

LARGEST = 20_000_000
WIDTH = 78
_HEADING = re.compile(r"#{1,3}\s+(.+?)\s*#*$")
_FENCE = re.compile(r"\s*(```+|~~~+)\s*([\w+-]*)")


@dataclass(slots=True)
class Section:
    """One heading with what stands below it."""

    title: str
    prose: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    """Its Python, block after block."""


def import_draft(file: Path, folder: Path) -> int:
    """Turn a file into a draft lesson beside it, or in a folder."""
    text = _markdown(file)
    front, body = front_of(text, file.stem)
    sections = [part for part in _sections(body, front.title) if part.code or any(map(str.strip, part.prose))]
    if not sections:
        raise CommandFailure(f"{file} holds neither prose nor Python; expected Markdown with headings.")
    path = folder / f"{front.id}.yaml"
    write_new(path, "".join(_lesson(front, sections)))
    click.echo(
        f"{path} is a draft of {len(sections)} steps; turn some of them into `predict` and `code` steps."
    )
    click.echo(f"Next: `pytorch-tutor author test {path}`.")
    return Exit.FINE


def _markdown(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandFailure(f"{file} holds more than 20 MB; expected one lesson.")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandFailure(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandFailure(f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    return _of_notebook(file, text) if file.suffix == ".ipynb" else text


def _of_notebook(file: Path, text: str) -> str:
    """A notebook's cells as one Markdown text; what was printed is left behind."""
    try:
        cells = json.loads(text)["cells"]
        parts = [(str(cell["cell_type"]), "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise CommandFailure(f"{file} is no Jupyter notebook: expected JSON with `cells`.") from error
    fence = "`" * 6
    return "\n\n".join(
        f"{fence}python\n{_without_magic(source)}\n{fence}" if kind == "code" else source
        for kind, source in parts
        if kind in ("code", "markdown")
    )


def _without_magic(source: str) -> str:
    return "\n".join(f"# {line}" if line.lstrip()[:1] in ("%", "!") else line for line in source.splitlines())


def _sections(body: str, title: str) -> Iterator[Section]:
    section, fence, inside, python = Section(title), "", [""], False
    for line in body.expandtabs(4).splitlines():
        mark = _FENCE.match(line)
        if fence:
            if line.strip() == fence:
                _close(section, fence, inside, python)
                fence = ""
            else:
                inside.append(line)
        elif mark:
            fence, python, inside = mark[1], mark[2].lower() in ("python", "py", "python3"), []
            if not python:
                inside.append(line.strip())
        elif heading := _HEADING.match(line):
            yield section
            section = Section(heading[1])
        else:
            section.prose.append(line)
    yield section


def _close(section: Section, fence: str, inside: list[str], python: bool) -> None:
    if python:
        section.code.append("\n".join(inside).rstrip())
    else:
        section.prose += [*inside, fence]


def _lesson(front: Front, sections: list[Section]) -> Iterator[str]:
    yield f"format: 1\nid: {front.id}\ntitle: {quoted_text(front.title)}\nwhy: {quoted_text(front.why)}\n"
    yield "track: drafts\n"
    if front.concepts:
        yield f"concepts: [{', '.join(map(quoted_text, front.concepts))}]\n"
    if front.prerequisites:
        yield f"# prerequisites there: {' '.join(', '.join(front.prerequisites).split())}\n"
    if front.sources:
        yield "sources:\n"
        yield from (
            f"  - {{{', '.join(f'{key}: {quoted_text(word)}' for key, word in one)}}}\n"
            for one in front.sources
        )
    yield "steps:\n"
    earlier = Earlier()
    taken: set[str] = set()
    for section in sections:
        yield from _step(section, _fresh_id(section.title, taken), earlier)


def _step(section: Section, name: str, earlier: Earlier) -> Iterator[str]:
    yield f"  - id: {name}\n    kind: {'run' if section.code else 'explain'}\n"
    yield f"    title: {quoted_text(section.title)}\n"
    prose = "\n".join(_wrapped(section.prose)).strip("\n")
    if prose:
        yield block("text", prose, 4)
    if section.code:
        yield block("code", earlier.complete("\n\n".join(section.code)), 4)


def _wrapped(lines: list[str]) -> Iterator[str]:
    fenced = False
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        if fenced or len(line) <= WIDTH or line.lstrip().startswith("|"):
            yield line.rstrip()
        else:
            start = re.match(r"\s*(?:[-*+]|\d+\.)?\s*", line)
            yield from textwrap.wrap(
                line, WIDTH, subsequent_indent=" " * len(start[0] if start else ""), break_long_words=False
            )


def _fresh_id(title: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50].strip("-") or "step"
    name = next(
        name
        for number in range(1, len(taken) + 2)
        if (name := stem if number == 1 else f"{stem}-{number}") not in taken
    )
    taken.add(name)
    return name
