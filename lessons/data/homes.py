"""The pipe of the lesson on data, ready made, around the made-up table of `housing.py`."""

import os
from types import SimpleNamespace

import torch
from housing import make


def prepare(seed=0, n=6000):
    """Split 80:20, scale by the train rows, as float32 tensors; prices stay in thousands of pounds."""
    table, prices, names = make(n, seed)
    X = torch.tensor(table, dtype=torch.float32)
    price = torch.tensor(prices, dtype=torch.float32).unsqueeze(1)
    rows = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    test, train = rows[: n // 5], rows[n // 5 :]
    std = X[train].std(dim=0, correction=0)
    Z = (X - X[train].mean(dim=0)) / torch.where(std == 0, torch.ones_like(std), std)
    mean, spread = price[train].mean(), price[train].std(correction=0)
    return SimpleNamespace(
        X=Z[train],
        y=(price[train] - mean) / spread,
        price=price[train],
        test_X=Z[test],
        test_price=price[test],
        mean=mean,
        std=spread,
        names=names,
        raw=X[train],
        test_raw=X[test],
    )


def rmse(guess, price):
    """Root of the mean squared miss, in thousands of pounds."""
    return (guess - price).square().mean().sqrt().item()


def net_rmse(model, homes):
    """How far a net trained on scaled prices misses the test prices."""
    model.eval()
    with torch.no_grad():
        return rmse(model(homes.test_X) * homes.std + homes.mean, homes.test_price)


def line_rmse(homes):
    """How far the best plane through the train rows misses the test prices."""
    ones = torch.ones(len(homes.X), 1)
    A = torch.cat([homes.X, ones], dim=1).double()
    plane = torch.linalg.lstsq(A, homes.price.double(), driver="gelsd").solution
    B = torch.cat([homes.test_X, torch.ones(len(homes.test_X), 1)], dim=1).double()
    return rmse((B @ plane).float(), homes.test_price)


def tree_rmse(homes):
    """How far scikit-learn's gradient-boosted trees miss them, on one thread."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from sklearn.ensemble import HistGradientBoostingRegressor

    trees = HistGradientBoostingRegressor(random_state=0)
    trees.fit(homes.X.numpy(), homes.price.squeeze(1).numpy())
    guess = torch.tensor(trees.predict(homes.test_X.numpy()), dtype=torch.float32)
    return rmse(guess.unsqueeze(1), homes.test_price)
