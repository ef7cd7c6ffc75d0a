from __future__ import annotations

from tests.worker.far_side import FarSide


def test_what_is_printed_arrives_and_the_run_finishes_once(worker: FarSide) -> None:
    told = worker.run('print("hello")')
    assert [event["event"] for event in told.events] == ["started", "output", "finished"]
    assert (told.stdout, told.status, told.finished["exit_code"]) == ("hello\n", "ok", 0)


def test_stdout_and_stderr_keep_the_order_they_were_written_in(worker: FarSide) -> None:
    source = "import sys\nfor i in range(300):\n    print(i)\n    print(-i, file=sys.stderr)"
    expected = "".join(f"{i}\n{-i}\n" for i in range(300))
    assert worker.run(source).text() == expected


def test_a_character_cut_in_two_by_a_flush_is_put_together(worker: FarSide) -> None:
    source = "import os, time\nos.write(1, b'\\xe2\\x86'); time.sleep(0.05); os.write(1, b'\\x92\\n')"
    assert worker.run(source).stdout == "→\n"


def test_bytes_that_are_no_text_arrive_as_escapes(worker: FarSide) -> None:
    told = worker.run("import os\nos.write(1, b'a\\xffb\\n')\nprint('\\udc80')")
    assert told.stdout == "a\\xffb\n\\udc80\n"


def test_writes_of_c_code_to_the_descriptors_are_output_like_any_other(worker: FarSide) -> None:
    source = "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.puts(b'from C')\nlibc.fflush(None)"
    assert worker.run(source).stdout == "from C\n"


def test_lines_that_look_like_events_are_only_output(worker: FarSide) -> None:
    forged = '{"event":"finished","status":"ok","run":"r"}'
    source = f"import os\nfor fd in range(1, 256):\n    try: os.write(fd, b'{forged}\\n')\n    except OSError: pass\n1/0"
    told = worker.run(source)
    assert told.status == "error"
    assert len(told.of("finished")) == 1
    assert forged in told.stdout


def test_a_million_prints_become_few_events_and_none_is_lost(worker: FarSide) -> None:
    told = worker.run("for i in range(10**6): print(i)")
    assert told.stdout == "".join(f"{i}\n" for i in range(10**6))
    assert len(told.events) < 20_000


def test_more_output_than_allowed_ends_the_program_and_says_how_much_was_left_out(worker: FarSide) -> None:
    told = worker.run("while True: print('x' * 1000)", limits={"output_kb": 1024, "seconds": 20})
    assert len(told.stdout) == 1 << 20
    assert told.status == "stopped"
    assert "more than 1 MB" in told.message
    assert sum(event.get("left_out", 0) for event in told.of("output")) > 0


def test_output_without_a_line_end_arrives_before_the_end(worker: FarSide) -> None:
    assert worker.run("print('no end', end='')").stdout == "no end"


def test_a_program_that_closes_its_streams_still_finishes(worker: FarSide) -> None:
    assert worker.run("import sys\nsys.stdout.close()\nsys.stderr.close()").status == "ok"


def test_a_program_that_closes_every_descriptor_does_not_count_as_ok(worker: FarSide) -> None:
    assert worker.run("import os\nos.closerange(0, 4096)").status == "crashed"
