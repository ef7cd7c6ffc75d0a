from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from tutor.runner.answer import About, Answer, Candidate
from tutor.runner.asking import Asking
from tutor.runner.cursor import code_of, imports, path_before, text_for
from tutor.runner.ranking import active_parameter, parameters_of, ranked

Command = dict[str, object]


class FarAway:
    """A worker that answers when told to, in any order."""

    def __init__(self) -> None:
        self.asking = Asking()
        self.commands: list[Command] = []

    def post(self, command: Command) -> bool:
        self.commands.append(command)
        return True

    def ask(
        self,
        text: str,
        names: Mapping[str, str] | None = None,
        about: About = "complete",
        first: Sequence[str] = (),
    ) -> asyncio.Task[Answer]:
        return asyncio.create_task(self.asking.answer(self.post, about, text, names or {}, first))

    async def asked(self, count: int) -> list[Command]:
        while len(self.commands) < count:
            await asyncio.sleep(0)
        return self.commands

    def reply(self, command: Command, *names: str) -> None:
        self.asking.take({"ask": command["ask"], "items": [[name, "function"] for name in names]})


@pytest.fixture
async def far() -> FarAway:
    return FarAway()


def named(answer: Answer) -> list[str]:
    return [one.name for one in answer.candidates]


async def test_answers_that_come_in_another_order_each_reach_their_own_question(far: FarAway) -> None:
    one, two = far.ask("import torch\ntorch.ra"), far.ask("import math\nmath.si")
    first, second = await far.asked(2)
    far.reply(second, "sin")
    far.reply(first, "randn")
    assert (named(await one), named(await two)) == (["randn"], ["sin"])


async def test_an_answer_to_a_question_that_was_given_up_goes_to_nobody(far: FarAway) -> None:
    given_up = far.ask("import torch\ntorch.")
    (command,) = await far.asked(1)
    given_up.cancel()
    later = far.ask("import math\nmath.")
    await far.asked(2)
    far.reply(command, "randn")
    far.reply(far.commands[1], "sin")
    assert named(await later) == ["sin"]


async def test_what_an_object_has_is_asked_once(far: FarAway) -> None:
    one = far.ask("import torch\ntorch.r")
    far.reply((await far.asked(1))[0], "randn", "zeros")
    assert named(await one) == ["randn"]
    assert named(await far.ask("import torch\ntorch.z")) == ["zeros"]
    assert len(far.commands) == 1


async def test_a_worker_that_goes_away_leaves_no_question_open(far: FarAway) -> None:
    one = far.ask("import torch\ntorch.r", {"torch.run": "def ()"})
    await far.asked(1)
    far.asking.forget()
    assert not (await one).known


async def test_the_programs_own_names_complete_without_the_worker(far: FarAway) -> None:
    names = {
        "model": "object",
        "model.fc1": "torch.nn.Linear",
        "model.forward": "def (x)\n",
        "mood": "builtins.str",
    }
    assert named(await far.ask("mo", names))[:2] == ["model", "mood"]
    assert named(await far.ask("model.f", names)) == ["fc1", "forward"]
    assert far.commands == []


async def test_a_path_below_a_told_name_is_asked_from_there_on(far: FarAway) -> None:
    asked = far.ask("layers[0].weight.T.s", {"layers": "builtins.list", "layers[0]": "torch.nn.Linear"})
    (command,) = await far.asked(1)
    assert command["path"] == ["torch.nn.Linear", "weight", "T"]
    assert command["instance"] is True
    far.reply(command, "sum")
    assert named(await asked) == ["sum"]


@pytest.mark.parametrize(
    "text", ["'torch.ra", '"""\ntorch.ra', "# torch.ra", "1.", "f'a' .", "foo().ba", "a..b", ""]
)
async def test_nothing_is_asked_within_strings_comments_numbers_or_after_unknown_calls(
    far: FarAway, text: str
) -> None:
    assert not (await far.ask("import torch\n" + text)).known
    assert far.commands == []


async def test_a_function_of_the_program_shows_its_signature_and_the_argument_one_is_at(far: FarAway) -> None:
    names = {"train": "def (model, steps=…, *, lr)\nTrains it."}
    answer = await far.ask("train(net, g(1, 2), lr=", names, "signature")
    assert (answer.signature, answer.doc) == ("train(model, steps=…, *, lr)", "Trains it.")
    assert answer.parameters == ("model", "steps=…", "lr")
    assert answer.active == 2


def test_own_names_come_first_then_lower_case_then_the_rest() -> None:
    names = ["AVG", "add_", "add", "_a", "adam", "Adam"]
    found = ranked([Candidate(name) for name in names], "a", ("adam",))
    assert [one.name for one in found] == ["adam", "add", "add_", "AVG", "Adam"]


def test_parameters_are_split_at_the_outer_commas_only() -> None:
    assert parameters_of("f(a: tuple[int, int] = (1, 2), *, b=3) -> T") == (
        "a: tuple[int, int] = (1, 2)",
        "b=3",
    )
    assert active_parameter(("*size", "out=None"), 3, "") == 0
    assert active_parameter(("a", "b"), 5, "") is None


def test_the_path_before_the_cursor_is_read_across_calls_and_subscripts() -> None:
    path = path_before("y = nn.Linear(2, (3))(x)[0][i].weight")
    assert path is not None
    assert path.steps == ("nn", "Linear", "()", "()", "[0]", "[]", "weight")
    assert path_before("(a, b)") is None
    assert path_before("y = ") is None


def test_imports_of_every_form_are_understood() -> None:
    code = "import a.b, c as d\nfrom e.f import (g,\n  h as i)\nfrom j import k, l as m"
    assert imports(code) == {"a": "a", "d": "c", "g": "e.f.g", "i": "e.f.h", "k": "j.k", "m": "j.l"}


def test_strings_and_comments_are_no_code() -> None:
    assert code_of("a = 'x.' # y\nb.") == ("a = ''  \nb.", False)
    assert code_of("a = 'it\\'s") == ("a = ", True)
    assert code_of("a = 'open\nb")[1] is False


def test_the_word_under_the_cursor_is_asked_about_whole() -> None:
    assert text_for("doc", "torch.randn(2)", 8) == "torch.randn"
    assert text_for("complete", "torch.randn(2)", 8) == "torch.ra"
