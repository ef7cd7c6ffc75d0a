"""From the exception that ended a program to the limit or the wall it met, in a sentence that says what opens it."""

from __future__ import annotations

import errno

from . import graphics
from .program import Program
from .sentences import exit_sentence, limit_sentence

NO_MEMORY = (
    "can't allocate memory",
    "std::bad_alloc",
    "Unable to allocate",
    "Cannot allocate memory",
    "out of memory",
)
NO_NETWORK = (
    "getaddrinfo", "Temporary failure in name resolution", "Name or service not known", "Network is unreachable",
    "Connection refused", "urlopen error", "server socket has failed",
)  # fmt: skip
NETWORK_MODULES = ("socket", "urllib", "http", "requests", "urllib3", "httpx", "aiohttp", "ssl")
NETWORK = "The program tried to reach the network, which a run may not; `--allow-net` lets `pytorch-tutor run` use it."

NO_COMPILER = (
    "torch.compile found no C++ compiler (g++ or clang++) to build its code with: install one, "
    "or use `torch.compile(…, backend='aot_eager')`, which traces without compiling."
)


def refusal(error: BaseException | None, exit_code: int, program: Program) -> tuple[str, str]:
    """Status (empty: as it was) and sentence (empty: nothing to add) for the end of a run."""
    if error is None:
        return "", exit_sentence(exit_code) if exit_code else ""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        found = _explained(cause, program)
        if found is not None:
            return found
        cause = cause.__cause__ or cause.__context__
    return "", ""


def _explained(error: BaseException, program: Program) -> tuple[str, str] | None:
    text = _text(error)
    if "CUDA out of memory" in text:
        return "memory", graphics.sentence(program.limits.gpu_memory_mb)
    if type(error).__name__ == "InvalidCxxCompiler" or "InvalidCxxCompiler" in text:
        return "", NO_COMPILER
    if isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(s in text for s in NO_MEMORY)
    ):
        return "memory", limit_sentence("memory", program.limits)
    if "can't start new thread" in text or getattr(error, "errno", None) == errno.EAGAIN:
        return "", limit_sentence("processes", program.limits).replace("was stopped: it had", "wanted")
    if not isinstance(error, OSError):
        return ("", NETWORK) if not program.allow_net and any(s in text for s in NO_NETWORK[:4]) else None
    if error.errno in (errno.EFBIG, errno.ENOSPC, errno.EDQUOT):
        return "", limit_sentence("disk", program.limits).replace(
            "was stopped: its", "could not write on: its"
        )
    if not program.allow_net and (_came_through_network(error) or any(s in text for s in NO_NETWORK)):
        return "", NETWORK
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename is not None:
        return "", _file_sentence(error)
    return None


def _file_sentence(error: OSError) -> str:
    return (
        f"A run may read Python's own files, the lesson's data and its scratch folder, and write that folder only; "
        f"{error.filename!r} lies elsewhere. `--allow-write DIR` opens a folder to `pytorch-tutor run`."
    )


def _came_through_network(error: OSError) -> bool:
    """True when the call was made in a networking module, or by the program on a socket."""
    if error.filename is not None:
        return False
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        names = {str(frame.f_globals.get("__name__", "")).partition(".")[0], *frame.f_code.co_names}
        if names & set(NETWORK_MODULES) and error.errno in (errno.EACCES, errno.EPERM):
            return True
        trace = trace.tb_next
    return False


def _text(error: BaseException) -> str:
    try:
        return str(error)[:4000]
    except Exception:
        return ""
