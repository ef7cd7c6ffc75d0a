"""A made-up table of homes in a London-like city. Nothing in it was measured: every number is drawn here.

`make(n, seed)` gives 87 columns and a price in thousands of pounds. The same seed always gives the same table.

Columns: 15 measures of the home and its place, 32 boroughs, 5 kinds of home, 12 months of sale (these three as
0 or 1), and 23 counts of amenities nearby, most of which mean nothing.
The price is the exponential of a sum of effects, some of which bend or depend on each other, times 8 percent noise.
Needs NumPy.
"""

import numpy as np

KINDS = ["flat", "maisonette", "terraced", "semi", "detached"]
AMENITIES = 23


def _place(rng, n):
    """Where each home stands: distance and angle from the centre, as measures."""
    angle = rng.uniform(0, 2 * np.pi, n)
    distance = rng.gamma(3.2, 2.6, n)
    east, north = distance * np.cos(angle), distance * np.sin(angle)
    ring = np.clip(np.floor(distance / 5), 0, 3)
    borough = (np.floor(angle / (2 * np.pi) * 8) * 4 + ring).astype(int)
    return distance, east, north, borough


def _home(rng, n):
    """The home itself: area, rooms, age, floor, kind."""
    area = np.clip(rng.lognormal(4.35, 0.42, n), 22, 400)
    beds = np.clip(np.round(area / 28 + rng.normal(0, 0.7, n)), 0, 8)
    baths = np.clip(np.round(beds * 0.5 + rng.normal(0.5, 0.4, n)), 1, 5)
    large = rng.choice(5, n, p=[0.05, 0.15, 0.3, 0.3, 0.2])
    small = rng.choice(5, n, p=[0.6, 0.25, 0.1, 0.04, 0.01])
    kind = np.where(area > 130, large, small)
    age = np.clip(rng.gamma(2.0, 35, n), 0, 220)
    return area, beds, baths, kind, age, rng.integers(0, 12, n)


def _one_hot(values, names, prefix):
    return {f"{prefix}_{name}": values == i for i, name in enumerate(names)}


def _log_price(column, borough, kind, month):
    """The rule behind the prices, before noise. The boroughs' own effects are the same under every seed."""
    liking = np.random.default_rng(99).normal(0, 0.10, 32)[borough]
    distance, age, station = column["dist_centre_km"], column["age_years"], column["dist_station_m"]
    family = np.where(column["bedrooms"] >= 3, 2.2, 0.3)
    return (
        3.6
        + 0.78 * np.log(column["floor_area_m2"])
        + 0.05 * column["bathrooms"]
        - 0.055 * np.maximum(distance - 1.5, 0)
        + 0.25 * np.exp(-column["dist_river_km"] / 0.8)
        - 0.10 * np.log(station / 400) * np.exp(-distance / 9)
        + 0.018 * (column["school_score"] - 6) * family
        - 0.0012 * (column["crime_rate"] - 80)
        + 0.10 * column["garden"] * (kind >= 2)
        - 0.09 * column["leasehold"] * (kind < 2)
        + 0.16 * np.exp(-(((age - 125) / 28) ** 2))
        - 0.0010 * np.minimum(age, 70)
        + 0.012 * column["floor"] * (kind == 0)
        + 0.004 * (column["energy_rating"] - 60)
        + liking
        + 0.03 * np.sin(2 * np.pi * month / 12)
    )


def make(n=6000, seed=0):
    """Columns X of shape (n, 87), prices y of shape (n,), and the 87 names. X and y are float64 NumPy arrays."""
    rng = np.random.default_rng(seed)
    area, beds, baths, kind, age, floor = _home(rng, n)
    distance, east, north, borough = _place(rng, n)
    column = {
        "floor_area_m2": area,
        "bedrooms": beds,
        "bathrooms": baths,
        "east_km": east,
        "north_km": north,
        "dist_centre_km": distance,
        "age_years": age,
        "floor": floor,
        "garden": rng.random(n) < 0.35,
        "leasehold": rng.random(n) < 0.55,
        "dist_station_m": np.clip(rng.gamma(2.0, 350, n), 40, 4000),
        "school_score": np.clip(rng.normal(6 + 0.1 * distance, 1.5, n), 1, 10),
        "crime_rate": np.clip(rng.normal(90 - 2 * distance, 22, n), 5, 200),
        "energy_rating": np.clip(np.round(rng.normal(65 - 0.08 * age, 9, n)), 20, 98),
        "dist_river_km": np.abs(north - 0.6 * np.sin(east)),
    }
    month = rng.integers(0, 12, n)
    column |= _one_hot(borough, [f"{i:02d}" for i in range(32)], "borough")
    column |= _one_hot(kind, KINDS, "type")
    column |= _one_hot(month, [f"{i:02d}" for i in range(1, 13)], "month")
    for i in range(AMENITIES):
        closer = 0.05 * distance if i % 3 == 0 else 0.0
        column[f"amenity_{i:02d}"] = rng.poisson(np.exp(1.2 - closer), n)
    X = np.stack([values.astype(float) for values in column.values()], axis=1)
    noise = 0.08 * rng.normal(size=n)
    return X, np.exp(_log_price(column, borough, kind, month) + noise), list(column)
