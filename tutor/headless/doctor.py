"""`pytorch-tutor doctor`: says what this machine has and lacks, and what to do next; exit code 3 when no code can be run."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator, Sequence

import click

from tutor.failures import Exit
from tutor.headless.findings import Finding, lacking, next_step
from tutor.headless.surroundings import look_around
from tutor.runner.client import WorkerClient
from tutor.runner.contract import WorkerState
from tutor.runner.interpreter import Found, Interpreter, choose, found_interpreters
from tutor.settings import Settings
from tutor.terminal import choose_look

LEAVES_OPEN = (
    ("landlock", "programs can read your files, and write where you can"),
    ("seccomp", "programs can reach the network and other processes"),
    ("namespace", "programs see other processes, and share /tmp and /dev/shm"),
    ("limits", "programs are not bounded in memory, processes and disk"),
    ("user", "programs run as you, and the number of their processes is not bounded"),
)
"""Layer of the sandbox, by how its name begins, to what its absence means."""


def examine(settings: Settings, as_json: bool) -> int:
    """Print every finding, the next thing to do last."""
    interpreter = choose(settings)
    state, others = asyncio.run(_ask(interpreter))
    findings = [*look_around(settings, os.environ), *worker_findings(interpreter, state, others)]
    if as_json:
        for finding in findings:
            click.echo(json.dumps(finding.line()))
        click.echo(json.dumps({"can_run": not lacking(findings), "next": next_step(findings)}))
    else:
        _print(findings, settings)
    return Exit.LACKING if lacking(findings) else Exit.FINE


def worker_findings(
    interpreter: Interpreter, state: WorkerState, others: Sequence[Found] = ()
) -> Iterator[Finding]:
    """What the worker said of torch, the devices and its sandbox; `others` are Pythons to take in its place."""
    chosen = f"{interpreter.path} ({interpreter.chosen})"
    if state.ready is None:
        advice = state.advice
        if others:
            advice = f"{others[0].path} has torch {others[0].torch}: name it with --python {others[0].path}."
        found = f"{chosen}: {state.reason}"
        yield Finding("torch", "worker", False, found, "no code runs", advice, vital=True)
        return
    ready = state.ready
    yield Finding("torch", "worker", True, f"{chosen}, Python {ready.python}", vital=True)
    yield Finding("torch", "torch", True, ready.torch, vital=True)
    yield Finding("torch", "devices", True, ", ".join(ready.devices))
    for layer, status in ready.layers.items():
        on = status == "on" or status.startswith(("on,", "on "))
        yield Finding("sandbox", layer, on, status, "" if on else _open_without(layer))


def _open_without(layer: str) -> str:
    return next((means for name, means in LEAVES_OPEN if layer.lower().startswith(name)), "")


async def _ask(interpreter: Interpreter) -> tuple[WorkerState, list[Found]]:
    client = WorkerClient(interpreter)
    try:
        state = await client.start()
    finally:
        await client.close()
    if state.ready is not None:
        return state, []
    return state, [one for one in await found_interpreters() if one.torch and one.path != interpreter.path]


def _print(findings: list[Finding], settings: Settings) -> None:
    look = choose_look(os.environ, color=settings.color, ascii=settings.ascii)
    color = None if settings.color and "NO_COLOR" not in os.environ else False
    good, bad = ("ok", "!!") if look.ascii else ("✓", "✗")
    topic = ""
    for finding in findings:
        if finding.topic != topic:
            topic = finding.topic
            click.echo(click.style(topic.capitalize(), bold=True), color=color)
        mark = good if finding.ok else click.style(bad, fg="red" if finding.vital else "yellow")
        click.echo(f"  {mark} {finding.name}: {finding.found}", color=color)
        if finding.leaves_open:
            click.echo(f"      so {finding.leaves_open}", color=color)
    click.echo()
    click.echo(next_step(findings), color=color)
