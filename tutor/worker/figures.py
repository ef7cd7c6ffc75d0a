"""Pictures a program made: files it saved and figures it left open, each told in a sentence, since a terminal shows neither."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Collection
from typing import Any

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".webp")
MOST = 8
"""Files that are named."""
SEARCHED = 2000
"""Entries looked at below one folder."""


def saved(folder: str, since: float) -> list[str]:
    """The picture files below a folder that were written since then (seconds of the file system's clock)."""
    found: list[str] = []
    looked = 0
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            looked += 1
            path = os.path.join(place, name)
            if name.lower().endswith(PICTURES) and os.lstat(path).st_mtime >= since:
                found.append(path)
            if len(found) >= MOST or looked >= SEARCHED:
                return found
    return found


def sentence_of(path: str, folder: str, kept: bool) -> str:
    """What is said of a saved file."""
    size = _pixels(path)
    pixels = f"{size[0]} × {size[1]}, " if size else ""
    where = "" if kept else ", in the run's scratch folder, which is emptied when the run ends"
    shown = os.path.relpath(path, folder) if not kept else path
    return f"Saved {shown} ({pixels}{max(1, os.path.getsize(path) // 1024)} kB){where}."


def _pixels(path: str) -> tuple[int, int] | None:
    """Width and height of a PNG, from its first chunk."""
    with open(path, "rb") as picture:
        start = picture.read(24)
    if len(start) < 24 or not start.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    width, height = struct.unpack(">II", start[16:24])
    return width, height


def open_figures() -> int:
    """How many figures matplotlib still holds; 0 where it was never imported."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    return len(pyplot.get_fignums()) if pyplot is not None else 0


def sentences(work: str, shipped: Collection[str], kept: tuple[str, ...], since: float) -> list[str]:
    """Everything to say at the end of a run: `work` is its own folder, `kept` are folders of the person's it may write."""
    theirs = {os.path.normpath(os.path.join(work, name)) for name in shipped}
    own = [path for path in saved(work, 0.0) if path not in theirs] if work else []
    said = [sentence_of(path, work, False) for path in own]
    for folder in kept:
        said += [sentence_of(path, folder, True) for path in saved(folder, since)]
    count = open_figures()
    if count:
        what = "One figure was left open" if count == 1 else f"{count} figures were left open"
        said.append(
            f"{what}: there is no window to show it in. `plt.savefig('loss.png')` writes it to a file; with "
            "`pytorch-tutor run --allow-write DIR` the file stays."
        )
    return said
