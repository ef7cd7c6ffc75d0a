"""What a person is told when a limit ended their program: the limit, its value, and what changes it."""

from __future__ import annotations

import signal

from .program import Limits


def amount(number: float) -> str:
    """A number without a needless `.0`."""
    return f"{number:g}"


def limit_sentence(limit: str, limits: Limits) -> str:
    """Why the program was ended: `limit` is time, memory, output, disk, files or processes."""
    sentences = {
        "time": f"The program was stopped after {amount(limits.seconds)} s, its time limit; "
        "`--time-limit S`, or `limits: {seconds: …}` in the lesson, changes it.",
        "memory": f"The program needed more than {limits.memory_mb} MB, its memory limit; "
        "`--memory-limit MB`, or `limits: {memory_mb: …}` in the lesson, changes it.",
        "output": f"The program was stopped: it wrote more than {limits.output_kb // 1024 or 1} MB, "
        "the output limit of every run. Printing less often is the remedy.",
        "disk": f"The program was stopped: its scratch folder holds more than {limits.disk_mb} MB, its disk limit; "
        "`limits: {disk_mb: …}` in the lesson, or `--allow-write DIR` with a folder of yours, changes that.",
        "files": f"The program was stopped: its scratch folder holds more than {limits.files} files, "
        "the limit of every run; `--allow-write DIR` lets it use a folder of yours.",
        "processes": f"The program was stopped: it had more than {limits.processes} processes and threads, "
        "the limit of every run. Fewer DataLoader workers or threads is the remedy.",
    }
    return sentences[limit]


def stopped_sentence() -> str:
    """For a run ended by the person."""
    return "Stopped at your request."


def crash_sentence(status: int, line: int = 0) -> str:
    """For a program whose process ended without coming to its end; `status` as `os.waitpid` gave it."""
    if status & 0x7F:
        number = status & 0x7F
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = f"signal {number}"
        return f"The program's process died of {name}{_cause(number)}{f' in line {line}' if line else ''}; the tutor itself is unharmed."
    code = status >> 8
    return (
        f"The program's process left with exit code {code} before the end of the program was reached; "
        "`os._exit` does that, and so do some C libraries."
    )


def _cause(number: int) -> str:
    causes = {
        int(signal.SIGSEGV): " (C code touched memory that is not its own)",
        int(signal.SIGABRT): " (C code gave up: a failed assertion, or no memory)",
        int(signal.SIGBUS): " (a mapped file or shared memory was too short)",
        int(signal.SIGFPE): " (an integer was divided by zero in C code)",
        int(signal.SIGKILL): " (killed from outside: often the machine ran out of memory)",
        int(signal.SIGXCPU): " (it used up its processor time)",
    }
    return causes.get(number, "")


def exit_sentence(code: int) -> str:
    """For a program that ended itself with a code of its own."""
    return f"The program ended itself with exit code {code}."
