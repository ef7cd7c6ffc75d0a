"""Counts every block and takes snapshots of the armed ones, within a budget of the program's time.

The first hits of a block are always taken; then as many as fit into `FREE_SECONDS`; then each block about ten times a second, as
long as all snapshots together used less than `SHARE` of the time passed.
"""

from __future__ import annotations

import time
from typing import Any

from .attributes import MISSING, peek
from .facts import snapshot
from .modes import modes_active, undisturbed
from .names import Names
from .sites import Layout, Site
from .tensors import TensorSnapshot

FIRST_HITS = 3
FREE_SECONDS = 0.015
SHARE = 0.01
MOST_SHAPES = 8
MOST_WATCHED = 16


class Recorder:
    """What each site held last, how often it was reached, and which shapes it has had."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout = layout
        self._names = names
        self.counts = [0] * len(layout.blocks)
        self.armed = [FIRST_HITS] * len(layout.blocks)
        self.spent = 0.0
        self.silent = False
        self.began = time.perf_counter()
        size = len(layout.sites)
        self.latest: list[Any] = [None] * size
        self.identity = [0] * size
        self.taken_at = [0] * size
        self.own_counts = [0] * size
        self.shapes: list[list[list[int]]] = [[] for _ in range(size)]
        self.hows = [site.how for site in layout.sites]
        self.fresh: dict[int, None] = {}
        self.unfinished: set[int] = set()
        self._watched: dict[int, tuple[Any, int]] = {}

    def hit(self, key: int, values: tuple[Any, ...]) -> None:
        """Called by an armed block with the values of its sites."""
        if self.silent:
            return
        began = time.perf_counter()
        if self.spent > FREE_SECONDS and self.armed[key]:
            self.armed[key] -= 1
        for site, value in zip(self.layout.blocks[key].sites, values):
            self.take(site, value, self.counts[key])
        self.spent += time.perf_counter() - began

    def keep(self, number: int, value: Any) -> Any:
        """Records a value on its way to its target, and gives it back."""
        if self.silent:
            return value
        count = self.own_counts[number] = self.own_counts[number] + 1
        began = time.perf_counter()
        if count <= FIRST_HITS or self.within_budget(began):
            site = self.layout.sites[number]
            shown = value
            if site.pick is not None:
                shown = (
                    value[site.pick] if type(value) in (tuple, list) and len(value) > site.pick else MISSING
                )
            self.take(site, shown, count)
            self.spent += time.perf_counter() - began
        return value

    def watch(self, first: int, values: tuple[Any, ...]) -> None:
        """At the head of a loop over batches: a new shape arms every block for this round."""
        if self.silent or modes_active():
            return
        shapes = tuple(
            [getattr(value, "shape", None) for value in values if type(value).__module__ == "torch"]
        )
        before, times = self._watched.get(first, (None, 0))
        if shapes != before and times < MOST_WATCHED:
            self._watched[first] = (shapes, times + 1)
            self.rearm()

    def take(self, site: Site, value: Any, count: int) -> None:
        """One snapshot; never raises into the learner's code."""
        with undisturbed(value):
            self._take(site, value, count)

    def _take(self, site: Site, value: Any, count: int) -> None:
        try:
            if site.path and site.block >= 0:
                value = peek(value, site.path)
            taken = None if value is MISSING else self._snapshot(site, value)
            self._names.note(site.name, value)
        except Exception:  # the facts are ours, the program is not: it goes on
            return
        if taken is None:
            return
        number = site.id
        self.latest[number], self.taken_at[number], self.identity[number] = taken, count, id(value)
        self.fresh[number] = None
        shapes = self.shapes[number]
        if taken.shape is not None and taken.shape not in shapes and len(shapes) < MOST_SHAPES:
            shapes.append(taken.shape)

    def _snapshot(self, site: Site, value: Any) -> Any:
        taken = snapshot(value)
        if site.how in ("inplace", "changed", "item"):
            array = isinstance(taken, TensorSnapshot)
            if site.how == "inplace" and not array:
                return None
            plain = "attribute" if site.path else "name"
            self.hows[site.id] = "inplace" if array else "subscript" if site.how == "item" else plain
        return taken

    def within_budget(self, now: float) -> bool:
        """Whether snapshots may be taken beyond the first ones."""
        return self.spent <= max(FREE_SECONDS, SHARE * (now - self.began))

    def rearm(self) -> None:
        """Every block is taken at its next hit."""
        armed = self.armed
        for key, left in enumerate(armed):
            if not left:
                armed[key] = 1

    def fall_silent(self) -> None:
        """In a forked child: count, but take nothing."""
        self.silent = True
        self.armed[:] = [0] * len(self.armed)

    def finish(self) -> None:
        """The program has ended: checks may still call its functions, which is nobody's business here."""
        self.fall_silent()

    def sequences(self) -> list[tuple[int, int]]:
        """(autograd sequence number, line) of everything recorded that has a graph, in the order it was made."""
        found = [
            (taken.sequence, site.line)
            for site, taken in zip(self.layout.sites, self.latest)
            if taken is not None
        ]
        return sorted(pair for pair in found if pair[0] is not None)

    def seen(self, site: Site) -> int:
        """How often the site was reached."""
        count = self.counts[site.block] if site.block >= 0 else self.own_counts[site.id]
        return count + (site.id in self.unfinished)

    def taken_unfinished(self, site: Site) -> None:
        """The site was reached once more than its block was counted."""
        if site.id not in self.unfinished:
            self.unfinished.add(site.id)
            self.taken_at[site.id] = self.seen(site)

    def events(self, thorough: bool) -> list[dict[str, Any]]:
        """Keys of a `value` event for each site with something new."""
        fresh, self.fresh = self.fresh, {}
        return [keys for number in list(fresh) for keys in self._event(self.layout.sites[number], thorough)]

    def _event(self, site: Site, thorough: bool) -> list[dict[str, Any]]:
        taken = self.latest[site.id]
        seen = self.seen(site)
        value = dict(taken.facts(thorough or seen <= 1))
        shapes = self.shapes[site.id]
        if len(shapes) > 1:
            value["shapes"] = shapes
        return [
            {
                "line": site.line,
                "name": site.name,
                "seen": max(seen, 1),
                "value": value,
                "how": self.hows[site.id],
            }
        ]
