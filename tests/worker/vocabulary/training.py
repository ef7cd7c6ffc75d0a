"""Behaviours of a training loop, in the styles people write one."""

from __future__ import annotations

from tests.worker.vocabulary import Entry

HEAD = """torch.manual_seed(0)
X = torch.randn(32, 2)
y = X @ torch.tensor([[2.], [-1.]]) + 0.5
model = nn.Linear(2, 1)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
"""
LOOP = """for _ in range(30):
    opt.zero_grad()
    loss = F.mse_loss(model(X), y)
    loss.backward()
    opt.step()
"""
MANUAL = """w = torch.zeros(2, 1, requires_grad=True)
for _ in range(30):
    loss = ((X @ w - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
"""
REBOUND = """w = torch.zeros(2, 1, requires_grad=True)
for _ in range(30):
    g, = torch.autograd.grad(((X @ w - y) ** 2).mean(), w)
    w = (w - 0.1 * g).detach().requires_grad_()
"""
LATE = LOOP.replace("    opt.zero_grad()\n", "") + "    model.zero_grad()\n"
CLOSURE = """for _ in range(30):
    def closure():
        opt.zero_grad()
        loss = F.mse_loss(model(X), y)
        loss.backward()
        return loss
    opt.step(closure)
"""
TWICE = LOOP.replace(
    "    loss.backward()\n", "    (loss / 2).backward(retain_graph=True)\n    (loss / 2).backward()\n"
)
NO_ZERO = LOOP.replace("    opt.zero_grad()\n", "")
NO_STEP = LOOP.replace("    opt.step()\n", "")
WIPED = NO_ZERO.replace("    opt.step()\n", "    opt.zero_grad()\n    opt.step()\n")
EARLY = NO_STEP.replace("    opt.zero_grad()\n", "    opt.step()\n    opt.zero_grad()\n")
PREDICT = "model.eval()\nwith torch.no_grad():\n    print(model(X).mean())\n"


def entry(
    name: str, right: tuple[str, ...], wrong: tuple[str, ...], says: tuple[str, ...] = (), **check: object
) -> Entry:
    """A behaviour of programs that all begin alike."""
    return Entry(
        f"behaviour {name}",
        {"behaviour": name, **check},
        HEAD + LOOP + PREDICT,
        right=tuple(HEAD + text for text in right),
        wrong=tuple(HEAD + text for text in wrong),
        says=says,
    )


ENTRIES = (
    entry(
        "zero_grad_each_step",
        (
            LOOP,
            LATE,
            MANUAL,
            REBOUND,
            CLOSURE,
            TWICE,
            MANUAL.replace("w.grad.zero_()", "w.grad = None"),
            MANUAL.replace("w -=", "w.data -="),
        ),
        (NO_ZERO, MANUAL.replace("        w.grad.zero_()\n", ""), "pass"),
        ("left over from the step before", "left over", "No backward was called"),
    ),
    entry(
        "order",
        (LOOP, LATE, MANUAL, CLOSURE, TWICE),
        (EARLY, WIPED, NO_STEP),
        ("without a backward", "cleared after backward", "expected a step"),
    ),
    entry(
        "parameters_change",
        (LOOP, MANUAL, REBOUND),
        (
            NO_STEP,
            LOOP.replace("opt.step()", "opt.param_groups[0]['lr'] = 0; opt.step()"),
            "opt = torch.optim.SGD([model.weight], lr=0.1)\n" + LOOP,
        ),
        ("No parameter changed", "No parameter changed", "bias got a gradient but never changed"),
    ),
    entry(
        "loss_falls",
        (LOOP, MANUAL, LOOP.replace("F.mse_loss(model(X), y)", "(model(X) - y).abs().mean()")),
        (
            NO_STEP,
            LOOP.replace("loss.backward()", "(-loss).backward()"),
            LOOP.replace("range(30)", "range(5)"),
        ),
        ("expected", "expected", "took 5 training steps; expected at least 20"),
        given={"ratio": 0.6, "steps": 20},
    ),
    entry(
        "eval_at_prediction",
        (
            LOOP + PREDICT,
            LOOP + "model.train(False)\nwith torch.inference_mode(): model(X)",
            LOOP + "model.eval()\n@torch.no_grad()\ndef p(): return model(X)\np()",
        ),
        (LOOP, LOOP + "with torch.no_grad(): model(X)", LOOP + "model.eval()\nmodel(X)"),
        ("in training mode", "in training mode", "with gradients on"),
    ),
    entry(
        "no_grad_at_prediction",
        (
            LOOP + PREDICT,
            LOOP + "with torch.no_grad(): model(X)",
            LOOP + "torch.set_grad_enabled(False)\nmodel(X)",
        ),
        (LOOP, LOOP + "model.eval()\nmodel(X)", "w = 1"),
        ("with gradients on", "with gradients on", "never called"),
    ),
    entry(
        "trains_in_train_mode",
        (LOOP, "model.eval()\nmodel.train()\n" + LOOP, LOOP + PREDICT),
        (
            "model.eval()\n" + LOOP,
            LOOP.replace("    opt.step()\n", "    opt.step()\n    model.eval()\n"),
            MANUAL,
        ),
        ("eval mode at training step 1", "eval mode at training step 2", "No module was trained"),
    ),
    entry(
        "frozen",
        (
            "model.bias.requires_grad_(False)\n" + LOOP,
            "opt = torch.optim.SGD([model.weight], lr=0.1)\n" + LOOP,
            LOOP.replace("    opt.step()\n", "    model.bias.grad = None\n    opt.step()\n"),
        ),
        (LOOP, "pass", "model.bias.requires_grad_(False)\n" + NO_STEP),
        ("`model.bias` changed", "No backward", "expected a step"),
        of="model.bias",
    ),
    Entry(
        "behaviour of an expression",
        {"behaviour": "eval_at_prediction", "of": "predict(model, X)"},
        HEAD + "def predict(model, X): ...",
        right=(
            HEAD + "def predict(model, X):\n    model.eval()\n    with torch.no_grad(): return model(X) > 0",
            HEAD + "@torch.inference_mode()\ndef predict(model, X): return model.eval()(X)",
            HEAD + "model.eval()\npredict = torch.no_grad()(lambda model, X: model(X))",
        ),
        wrong=(
            HEAD + "def predict(model, X): return model(X)",
            HEAD + "def predict(model, X):\n    model.eval()\n    return model(X)",
            HEAD + "def predict(model, X): return X",
        ),
    ),
)
