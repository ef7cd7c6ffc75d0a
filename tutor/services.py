"""What the screens work with, made once and handed down; tests hand down fakes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tutor.lesson.catalog import Catalog
from tutor.progress.contract import Progress
from tutor.progress.keepsakes import Keepsakes
from tutor.runner.contract import Runner
from tutor.settings import Settings
from tutor.terminal import Look

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the interface needs from the rest of the program."""

    catalog: Catalog
    runner: Runner
    progress: Progress
    clock: Clock
    """Unix time."""
    settings: Settings = field(default_factory=Settings)
    keepsakes: Keepsakes = field(default_factory=Keepsakes)
    forgotten: list[str] = field(default_factory=list)
    """Tokens of what was reset since the tutor was opened, newest last."""
    look: Look = field(default_factory=Look)
    notices: tuple[str, ...] = ()
    """What the learner must be told at the start, a sentence each."""
