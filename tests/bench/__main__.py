"""`make bench`: everything measured side by side in one run and printed as ratios, with the goal each is held to."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import pictures, runs, screens
from tests.bench.rows import Row, report

GROUPS: dict[str, tuple[str, Callable[[Path], Iterator[Row]]]] = {
    "runs": ("Runs, without a screen", runs.rows),
    "screens": ("Screens, in a terminal", screens.rows),
    "pictures": ("Pictures, drawn in this process", pictures.rows),
}


def main(wanted: list[str]) -> int:
    """Measure the groups named, or all; a missed goal is printed, and fails nothing: machines are busy."""
    unknown = [name for name in wanted if name not in GROUPS]
    if unknown:
        print(f"There is no group {unknown[0]!r}: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f}; medians")
    for name in wanted or GROUPS:
        title, measure = GROUPS[name]
        with tempfile.TemporaryDirectory(prefix="tutor-bench-") as folder:
            report(title, measure(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
