"""What an examination of the machine found: one finding a line, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    topic: str
    """`program`, `torch`, `terminal`, `sandbox` or `record`."""
    name: str
    ok: bool
    found: str
    leaves_open: str = ""
    """What its absence means."""
    advice: str = ""
    """The one next thing to try."""
    vital: bool = False
    """The tutor cannot run code without it."""

    def line(self) -> dict[str, str | bool]:
        """Ready for `json.dumps`."""
        return asdict(self)


def lacking(findings: list[Finding]) -> list[Finding]:
    """Those without which no code runs."""
    return [finding for finding in findings if finding.vital and not finding.ok]


def next_step(findings: list[Finding]) -> str:
    """The one sentence that says what to do now."""
    for finding in [*lacking(findings), *(one for one in findings if not one.ok)]:
        if finding.advice:
            return finding.advice
    return "All is well: `pytorch-tutor` opens the tutor."
