"""Runs measurements and records them: `python docs/measurements/record.py [NAME …]`; with `--check` only compares.

Each script beside this one has MEASUREMENTS: name to what is measured and the function that measures it. What the lessons
quote of them stands in lessons/data/measured.yaml. One thread; the runs are seeded, so they repeat on the same torch.
"""

from __future__ import annotations

import argparse
import importlib
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
import yaml

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER.parents[1] / "lessons" / "data" / "measured.yaml"
SCRIPTS = ("xor", "engine", "line", "digits", "tables", "homes_contest", "reader")
CLOSE = 0.02
"""How far, in parts of the value, another torch may be away."""


def main() -> int:
    """Measure what was asked for; 1 when a check finds another value."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="measurements; all of them when none is named")
    parser.add_argument("--check", action="store_true", help="compare with what is recorded, write nothing")
    options = parser.parse_args()
    torch.set_num_threads(1)
    recorded = yaml.safe_load(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    differing = 0
    for name, script, what, measure in _measurements():
        if options.names and name not in options.names:
            continue
        value = round(float(measure()), 6)
        old = recorded.get(name, {}).get("value")
        same = old is not None and math.isclose(value, old, rel_tol=CLOSE, abs_tol=1e-6)
        print(f"{name}: {value}" + ("" if same else f" (recorded: {old})"))
        differing += not same
        recorded[name] = {"value": value, "what": what, "script": f"docs/measurements/{script}.py"}
    if options.check:
        return 1 if differing else 0
    head = "# What the lessons quote of measurements. docs/measurements/record.py writes this file.\n"
    RESULTS.write_text(head + yaml.safe_dump(recorded, allow_unicode=True, width=120), encoding="utf-8")
    return 0


def _measurements() -> Iterator[tuple[str, str, str, Callable[[], float]]]:
    sys.path[:0] = [str(FOLDER), str(RESULTS.parent), str(FOLDER.parents[1])]
    for script in SCRIPTS:
        for name, (what, measure) in importlib.import_module(script).MEASUREMENTS.items():
            yield name, script, what, measure


if __name__ == "__main__":
    sys.exit(main())
