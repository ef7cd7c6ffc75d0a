from tutor.authoring.mutants import mutants
from tutor.authoring.wrappers import WRAPPERS, wrapped
from tutor.lesson.model import Check, Code

LOOP = """import torch

for _ in range(3):
    opt.zero_grad()
    loss = ((model(x) - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
print(loss * 2)
"""


def names(source: str) -> list[str]:
    return [mutant.name for mutant in mutants(source)]


def test_every_slip_of_a_training_loop_becomes_a_mutant() -> None:
    found = names(LOOP)
    assert {"drop opt.zero_grad()", "drop loss.backward()", "without no_grad"} <= set(found)
    assert any(name.startswith("sum for mean") for name in found)
    assert any(name.startswith("other operator in w -=") for name in found)
    assert any(name.startswith("other operator in model(x) - y") for name in found)


def test_what_is_only_printed_is_left_alone() -> None:
    assert not any("loss * 2" in name for name in names(LOOP))


def test_mutants_are_programs_that_differ_from_the_solution_and_from_each_other() -> None:
    sources = [mutant.source for mutant in mutants(LOOP)]
    assert len(set(sources)) == len(sources)
    assert all(compile(source, "mutant", "exec") for source in sources)


def test_axes_keepdim_scales_and_matmul_are_mutated() -> None:
    source = "def f(q, k):\n    a = q @ k.mT / d ** 0.5\n    return a / a.sum(dim=-1, keepdim=True)\n"
    found = {mutant.name: mutant.source for mutant in mutants(source)}
    assert "keepdim left out of a.sum(dim=-1, keepdim=True)" in found
    assert "a.sum(dim=0, keepdim=True)" in found["other dim in a.sum(dim=-1, keepdim=True)"]
    assert "q * k.mT" in found["other operator in q @ k.mT"]
    assert any(
        "return a\n" in source for name, source in found.items() if name.startswith("without the scale")
    )


def test_a_name_that_occurs_twice_is_numbered_so_that_a_waiver_means_one_mutant() -> None:
    found = names("opt.step()\nx = 1\nopt.step()\n")
    assert found == ["drop opt.step()", "drop opt.step() (2)"]


def test_the_line_of_a_mutant_is_the_line_of_the_solution() -> None:
    assert next(mutant.line for mutant in mutants(LOOP) if mutant.name == "drop loss.backward()") == 6


def test_functions_that_checks_call_are_wrapped_and_others_are_not() -> None:
    step = Code(
        id="s",
        goal="",
        starter="",
        solution="def helper(x): return x\ndef f(x): return helper(x)\n",
        checks=[Check(id="same", close="f(x)")],
    )
    found = [mutant.name for mutant, _ in wrapped(step)]
    assert found == [f"{what} of f" for what in WRAPPERS]
    assert all(
        compile(mutant.source, "m", "exec") and compile(probe, "p", "exec") for mutant, probe in wrapped(step)
    )


def test_what_the_starter_gives_is_not_mutated_but_definitions_that_are_checked_are() -> None:
    setting = "x = 2 * 3\nopt.step()\n"
    assert names(setting) != []
    assert [mutant.name for mutant in mutants(setting, given=setting)] == []
    assert [mutant.name for mutant in mutants(LOOP, given=LOOP)] == []
    given = "def f(x):\n    return x + 1\n"
    assert [mutant.name for mutant in mutants(given, given=given)] == []
    assert [mutant.name for mutant in mutants(given, given, frozenset({"f"}))] != []


def test_a_module_is_wrapped_at_its_forward() -> None:
    step = Code(
        id="s",
        goal="",
        starter="",
        solution="class Net(Module):\n    def forward(self, x): return x\n",
        checks=[Check(id="same", close="Net()(x)")],
    )
    assert "doubled gradient of Net.forward" in [mutant.name for mutant, _ in wrapped(step)]
