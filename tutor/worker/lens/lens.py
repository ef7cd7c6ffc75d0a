"""One run under the lens: puts the hooks in, sends events while it runs, and the rest when it has ended."""

from __future__ import annotations

import time
from typing import Any, Callable

import torch
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from . import hooks
from .errors import error_event, stopped_module
from .inject import offer
from .insights import Insights
from .lastly import take_gradients, take_last_values, take_unfinished
from .layers import Layers
from .names import Names
from .probes import backward_probe, forward_probe, grad_probe, optimizer_probe
from .pulse import Pulse, around_forks
from .recorder import Recorder
from .rewrite import names_untouchable, rewrite
from .steps import Steps

SENDING_SHARE, SENDING_FREE = 0.01, 0.01


class Lens:
    """Everything that watches one program."""

    def __init__(self, source: str, filename: str, emit: Callable[[str, dict[str, Any]], None]) -> None:
        self.code, layout, self._tree = rewrite(source, filename)
        self._source, self._filename, self._emit = source, filename, emit
        self._names = Names()
        self._recorder = Recorder(layout, self._names)
        self._insights = Insights(self._tree, filename, self._recorder, self._names)
        self._steps = Steps(self._tree, filename, self._names, self._recorder.sequences, self._insights)
        self._layers = Layers(self._names, self._insights.ran_without_gradients)
        self._pulse = Pulse(self._tick)
        self._probes = [backward_probe(), grad_probe(), optimizer_probe()]
        if not names_untouchable(self._tree):
            self._probes.append(forward_probe())
        self._handles: list[Any] = []
        self._namespace: dict[str, Any] = {}
        self._sending = 0.0
        self._began = 0.0

    def begin(self, namespace: dict[str, Any]) -> None:
        """Put hooks in place and start ticking."""
        self._namespace = namespace
        for name, call in self._hooks().items():
            offer(name, call)
        for probe in self._probes:
            probe.put_in()
        self._handles = [
            register_optimizer_step_pre_hook(self._steps.optimizer_steps),
            register_optimizer_step_post_hook(self._steps.optimizer_stepped),
        ]
        around_forks(self._pulse.stop, self._continue, self._fall_silent)
        self._began = self._recorder.began = time.perf_counter()
        self._pulse.start()

    def _hooks(self) -> dict[str, Any]:
        recorder, steps = self._recorder, self._steps
        return {
            hooks.COUNTS: recorder.counts,
            hooks.ARMED: recorder.armed,
            hooks.HIT: recorder.hit,
            hooks.KEEP: recorder.keep,
            hooks.WATCH: recorder.watch,
            hooks.SLIPS: (NameError, RecursionError),
            "@before": steps.before_backward,
            "@after": steps.after_backward,
            "@grad": steps.gradient_asked,
            "@returned": self._layers.returned,
            "@optimizer": steps.optimizer_made,
        }

    def _continue(self) -> None:
        if self._handles:
            self._pulse.start()

    def _fall_silent(self) -> None:
        """In a forked child, a DataLoader's worker for instance: nothing is recorded or sent."""
        self._recorder.fall_silent()
        self._steps.silent = self._layers.silent = True
        self._handles = []

    def _tick(self) -> None:
        """On the pulse's thread."""
        now = time.perf_counter()
        self._recorder.spent += self._steps.spent
        self._steps.spent = 0.0
        if self._recorder.within_budget(now):
            self._recorder.rearm()
            self._steps.want_norms = True
        if self._sending <= max(SENDING_FREE, SENDING_SHARE * (now - self._began)):
            began = time.thread_time()
            try:
                self._send(thorough=False)
                if self._steps.series:
                    self._send_layers(None)
            except Exception:  # a table that changed under the reader: the next tick tells it
                return
            finally:
                self._sending += time.thread_time() - began

    def _send(self, thorough: bool) -> None:
        for keys in self._recorder.events(thorough):
            self._emit("value", keys)
        for kind, keys in self._steps.events(last=thorough):
            self._emit(kind, keys)
        for keys in self._insights.take():
            self._emit("insight", keys)

    def _send_layers(self, error: BaseException | None) -> None:
        for keys in self._layers.events(stopped_module(error)):
            self._emit("module", keys)

    def finish(self, error: BaseException | None) -> None:
        """Send what is left and put everything back."""
        self._pulse.stop()
        for probe in self._probes:
            probe.take_out()
        for handle in self._handles:
            handle.remove()
        self._handles = []
        self._recorder.finish()
        with torch.no_grad():
            self._last_values(error)
            failed = error is not None and not isinstance(error, SystemExit)
            self._insights.finish(self._namespace, self._steps.optimizers(), failed)
            self._send(thorough=True)
            self._send_layers(error)
            if error is not None and failed:
                self._emit("error", error_event(error, self._source, self._filename))

    def _last_values(self, error: BaseException | None) -> None:
        if error is not None:
            take_unfinished(self._recorder, error.__traceback__, self._filename)
        take_last_values(self._recorder, self._namespace)
        take_gradients(self._recorder, self._namespace)
