# What an estimator sees of each task, from samplers written independently in NumPy: mean and
# standard deviation over seeds of KSG's first estimator (Kraskov et al. 2004, maximum norm, k = 10,
# no rescaling) at n = 1000. A sampler with the right truth but the wrong shape would differ here.
# Writes ksg.json. Run: python make_ksg.py
import json
import numpy as np
from scipy import special, stats
from scipy.spatial.distance import cdist

N, K, SEEDS = 1000, 10, 20


def ksg1(x, y):
    dx, dy = cdist(x, x, "chebyshev"), cdist(y, y, "chebyshev")
    d = np.maximum(dx, dy)
    np.fill_diagonal(d, np.inf)
    eps = np.partition(d, K - 1, axis=1)[:, K - 1][:, None]
    nx, ny = (dx < eps).sum(1) - 1, (dy < eps).sum(1) - 1
    return special.psi(K) + special.psi(len(x)) - np.mean(special.psi(nx + 1) + special.psi(ny + 1))



def pairs(r, d, rho=0.8):
    x, e = r.normal(size=(N, d)), r.normal(size=(N, d))
    y = e.copy()
    y[:, :2] = rho * x[:, :2] + np.sqrt(1 - rho**2) * e[:, :2]
    return x, y


def bivariate(r):
    x = r.normal(size=(N, 1))
    return x, 0.75 * x + np.sqrt(1 - 0.75**2) * r.normal(size=(N, 1))


def spiral(x, v, i, j):
    a = v * (x**2).sum(1)
    z = x.copy()
    z[:, i] = np.cos(a) * x[:, i] - np.sin(a) * x[:, j]
    z[:, j] = np.sin(a) * x[:, i] + np.cos(a) * x[:, j]
    return z


def student(r, d, v):
    s = np.sqrt(v / r.chisquare(v, size=(N, 1)))
    return r.normal(size=(N, d)) * s, r.normal(size=(N, d)) * s


def swiss(r):
    x, y = map(stats.norm.cdf, bivariate(r))
    s = 1.5 * np.pi * (1 + 2 * x)
    return np.hstack([s * np.cos(s), s * np.sin(s)]) / 21, y


def wiggly(r):
    x, y = bivariate(r)
    return (x + .4 * np.sin(x) + .2 * np.sin(1.7 * x + 1) + .03 * np.sin(3.3 * x - 2.5),
            y - .4 * np.sin(.4 * y) + .17 * np.sin(1.3 * y + 3.5) + .02 * np.sin(4.3 * y - 2.5))


def bimodal(r):
    grid = np.linspace(-12, 16, 400001)
    fx = .3 * stats.norm.cdf(grid) + .7 * stats.norm.cdf(grid - 5)
    fy = .5 * stats.norm.cdf(grid + 1) + .5 * stats.norm.cdf(grid - 3)
    x, y = map(stats.norm.cdf, bivariate(r))
    return np.interp(x, fx, grid), np.interp(y, fy, grid)


def letters(r):
    parts = [((1, 0), .01, .2, 0), ((1, 1), .05, .001, 0), ((1, -1), .05, .001, 0),
             ((-.8, -.2), .03, .001, 0), ((-1.2, 0), .04, .2, .95), ((-.4, 0), .04, .2, -.95)]
    z = np.empty((N, 2))
    for n, k in enumerate(r.integers(6, size=N)):
        m, a, b, c = parts[k]
        z[n] = r.multivariate_normal(m, [[a, c * np.sqrt(a * b)], [c * np.sqrt(a * b), b]])
    return z[:, :1], z[:, 1:]


def waves(r):
    k = r.integers(12, size=N)
    x0 = 1.5 * k + np.sqrt(.1) * r.normal(size=N)
    x1 = r.normal(size=N)
    y = 1.5 * (k % 4) + np.sqrt(.1) * r.normal(size=N)
    return np.stack([.1 * (x0 + 5 * np.sin(3 * x1)) - .8, .5 * x1], 1), y[:, None]


def galaxy(r):
    z = r.normal(size=(N, 3)) + 1.5 * r.choice([-1, 1], size=(N, 1))
    return spiral(z[:, :2], .5, 0, 1), z[:, 2:]


def concentric(r):
    i = r.integers(1, 6, size=(N, 1))
    return i * r.normal(size=(N, 3)), i + .01 * r.normal(size=(N, 1))


def inliers(r):
    x, y = pairs(r, 5)
    out = r.random(N) < .2
    y[out] = r.normal(size=(out.sum(), 5))
    return x, y


def spiral3(r):
    x, y = pairs(r, 3)
    return spiral(x, 1 / 3, 0, 1), spiral(y, 1 / 3, 1, 2)


def spiral_uniform5(r):
    x, y = map(stats.norm.cdf, pairs(r, 5))
    return spiral(x, 1 / 5, 0, 1), spiral(y, 1 / 5, 1, 2)


def dense5(r):
    z = r.normal(size=(N, 10)) * np.sqrt(.5) + np.sqrt(.5) * r.normal(size=(N, 1))
    return z[:, :5], z[:, 5:]


def additive(r):
    x = r.random((N, 1))
    return x, x + r.uniform(-.75, .75, (N, 1))


tasks = {
    "1v1-normal-0.75": bivariate, "1v1-additive-0.75": additive, "1v1-bimodal-0.75": bimodal,
    "wiggly-1v1-normal-0.75": wiggly, "swissroll_x-normal_cdf-1v1-normal-0.75": swiss,
    "half_cube-1v1-normal-0.75": lambda r: [z * np.sqrt(abs(z)) for z in bivariate(r)],
    "student-identity-2-2-2": lambda r: student(r, 2, 2),
    "asinh-student-identity-1-1-1": lambda r: map(np.arcsinh, student(r, 1, 1)),
    "multinormal-dense-5-5-0.5": dense5, "multinormal-sparse-25-25-2-2.0": lambda r: pairs(r, 25),
    "spiral-multinormal-sparse-3-3-2-2.0": spiral3,
    "spiral-normal_cdf-multinormal-sparse-5-5-2-2.0": spiral_uniform5,
    "1v1-AI": letters, "2v1-waves-12-5.0-3.0": waves, "2v1-galaxy-0.5-3.0": galaxy,
    "3v1-concentric_gaussians-5": concentric, "mult-sparse-w-inliers-5-5-2-2.0-0.2": inliers,
}
result = {}
for name, sampler in tasks.items():
    values = [ksg1(*sampler(np.random.default_rng(s))) for s in range(SEEDS)]
    result[name] = [round(float(np.mean(values)), 6), round(float(np.std(values, ddof=1)), 6)]
    print(name, *result[name])
json.dump(result, open("ksg.json", "w"), indent=1)
