# SPDX-License-Identifier: MIT
"""Pairs of known information, as two .npy files: n rows, d + d columns, the truth spread evenly over
the pairs of columns."""
import math
import numpy as np


def save(folder, x, y, name):
    paths = [f"{folder}/x_{name}.npy", f"{folder}/y_{name}.npy"]
    np.save(paths[0], x)
    np.save(paths[1], y)
    return paths


def gaussian(folder, d, nats, n, seed):
    """Correlated pairs of columns."""
    rho = math.sqrt(1 - math.exp(-2 * nats / d))
    random = np.random.default_rng([seed, d, round(10 * nats)])
    x = random.standard_normal((n, d))
    y = rho * x + math.sqrt(1 - rho * rho) * random.standard_normal((n, d))
    return save(folder, x, y, f"{d}_{nats}_{n}_{seed}")


def half_cube(folder, d, nats, n, seed):
    """The same pairs, each number times the root of its size: no map of a column changes I."""
    x, y = map(np.load, gaussian(folder, d, nats, n, seed + 100))
    bent = [v * np.sqrt(abs(v)) for v in (x, y)]
    return save(folder, *bent, f"half_cube_{d}_{nats}_{n}_{seed}")


def crossed(folder, d, nats, n, seed):
    """Pairs of correlation rho or -rho, by a coin a row: none on the whole, and normal columns."""
    rho = correlation_of_cross(nats / d)
    random = np.random.default_rng([seed, d, round(10 * nats), 77])
    x = random.standard_normal((n, d))
    coin = np.sign(random.standard_normal((n, d)))
    y = coin * rho * x + math.sqrt(1 - rho * rho) * random.standard_normal((n, d))
    return save(folder, x, y, f"crossed_{d}_{nats}_{n}_{seed}")


def cross_information(rho):
    """I of (N(rho) + N(-rho)) / 2 in nats: h(x) + h(y) - h(x, y), the last by Gauss-Hermite over one
    of the two halves, along its axes."""
    z, w = np.polynomial.hermite_e.hermegauss(200)
    w = w / w.sum()
    wide, narrow = 1 + rho, 1 - rho
    a, b = wide * z[:, None] ** 2, narrow * z[None, :] ** 2
    one, other = -a / wide - b / narrow, -a / narrow - b / wide
    density = np.logaddexp(one / 2, other / 2) - math.log(4 * math.pi * math.sqrt(wide * narrow))
    joint = -(w[:, None] * w[None, :] * density).sum()
    return math.log(2 * math.pi * math.e) - joint


def correlation_of_cross(nats):
    low, high = 0.0, 0.99999
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cross_information(middle) < nats else (low, middle)
    return low


def latent(folder, columns, shared, bits, n, seed):
    """Shared pairs copied over half of the columns, the other half noise (Gowri et al. 2024)."""
    rho = math.sqrt(1 - 2 ** (-2 * bits / shared))
    random = np.random.default_rng([seed, shared, round(10 * bits)])
    a = random.standard_normal((n, shared))
    b = rho * a + math.sqrt(1 - rho * rho) * random.standard_normal((n, shared))
    half = columns // 2
    copies = np.arange(half) % shared
    noise = lambda: random.standard_normal((n, columns - half))
    return save(folder, np.hstack([a[:, copies], noise()]), np.hstack([b[:, copies], noise()]),
                f"latent_{columns}_{shared}_{bits}_{n}_{seed}")
