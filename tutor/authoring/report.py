"""What a proof found, for a terminal or as JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from tutor.authoring.workbench import Finding
from tutor.lesson.faults import Fault, printable


class Report:
    """Says what was found, lesson by lesson."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self._progress = not as_json and sys.stderr.isatty()
        self.tried = 0
        self.unsound = 0
        self.faults = 0

    def fault(self, fault: Fault) -> None:
        """A lesson file that does not load as it should."""
        self.faults += 1
        if self._json:
            place = {"file": fault.file, "line": fault.line, "column": fault.column}
            click.echo(json.dumps({"event": "fault", **place, "message": fault.sentence}))
        else:
            click.echo(str(fault))

    def trial(self, finding: Finding) -> None:
        """One trial has ended."""
        self.tried += 1
        self.unsound += not finding.sound
        if self._json:
            click.echo(json.dumps(_line(finding)))
        elif self._progress:
            click.echo(f"\r  {self.tried} tried, {self.unsound} not as declared ", nl=False, err=True)

    def lesson(self, name: str, file: str, findings: Sequence[Finding]) -> None:
        """All trials of a lesson have ended."""
        if self._json:
            return
        if self._progress:
            click.echo("\r\x1b[K", nl=False, err=True)
        bad = [finding for finding in findings if not finding.sound]
        seconds = sum(finding.seconds for finding in findings)
        steps = len({finding.trial.step.id for finding in findings})
        sign = "ok" if not bad else "NO"
        click.echo(
            f"{sign}  {name}: {steps} steps, {len(findings)} trials, {len(bad)} not as declared, {seconds:.1f} s"
        )
        for finding in bad:
            trial = finding.trial
            click.echo(
                printable(f"    {file}:{finding.line}: {trial.step.id}, {trial.what}: {finding.complaint}")
            )

    def summary(self, seconds: float) -> None:
        """The last line."""
        if self._json:
            counts = {"tried": self.tried, "not_as_declared": self.unsound, "faults": self.faults}
            click.echo(json.dumps({"event": "summary", **counts, "seconds": round(seconds, 2)}))
        else:
            click.echo(
                f"{self.tried} trials, {self.unsound} not as declared, {self.faults} faults in the files, {seconds:.1f} s"
            )


def _line(finding: Finding) -> dict[str, object]:
    return {
        "event": "trial",
        "lesson": finding.lesson,
        "step": finding.trial.step.id,
        "what": finding.trial.what,
        "seed": finding.trial.seed,
        "ok": finding.sound,
        "line": finding.line,
        "message": finding.complaint,
        "seconds": round(finding.seconds, 3),
    }
