"""scikit-learn's 8 by 8 digits as tensors, and the small tools that the lessons on vision share."""

import gzip
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def _table():
    """The rows of scikit-learn's file, 64 pixels and a label each; importing scikit-learn itself takes a second."""
    home = Path(find_spec("sklearn").origin).parent
    with gzip.open(home / "datasets" / "data" / "digits.csv.gz", "rt") as file:
        return torch.tensor([[float(cell) for cell in line.split(",")] for line in file])


def load(seed=0):
    """Pictures (N, 1, 8, 8) from 0 to 1 and labels; a fifth of the shuffled rows is for testing."""
    table = _table()
    pictures, labels = table[:, :64].reshape(-1, 1, 8, 8) / 16, table[:, 64].long()
    rows = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    test, train = rows[:360], rows[360:]
    return SimpleNamespace(
        X=pictures[train],
        y=labels[train],
        test_X=pictures[test],
        test_y=labels[test],
    )


def small_cnn():
    """Two convolutions, a pool and a Linear layer: 9930 parameters."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(512, 10),
    )


def plain_net():
    """The same task without convolution: 64 to 32 to 10."""
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


def train(model, X, y, epochs=8, lr=0.003, change=None):
    """Adam on batches of 64; `change` may alter each batch of pictures before it is used."""
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X)).split(64):
            batch = X[rows] if change is None else change(X[rows])
            loss = cross_entropy(model(batch), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def accuracy(model, X, y):
    """Share of pictures read right."""
    model.eval()
    with torch.no_grad():
        return (model(X).argmax(dim=1) == y).float().mean().item()


def lines(picture):
    """A picture as text, one line a row, ink as dense characters."""
    shades = " .:-=+*#%@"
    steps = (picture.squeeze().clamp(0, 1) * 9).int().tolist()
    return ["".join(2 * shades[step] for step in row) for row in steps]
