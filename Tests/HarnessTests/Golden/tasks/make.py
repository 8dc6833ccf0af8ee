# The exact information of each published task, to nine digits, from an independent float64
# computation in SciPy: closed forms, a 2-D trapezoid rule on a fine grid, a radial quadrature.
# Writes truths.json. Run: python make.py
import itertools, json
import numpy as np
from scipy import integrate, special, stats


def normal(rho):
    return -0.5 * np.log(1 - rho**2)


def dense(m, rho=0.5):
    c = np.full((2 * m, 2 * m), rho) + (1 - rho) * np.eye(2 * m)
    half = np.linalg.slogdet(c[:m, :m])[1]
    return half - 0.5 * np.linalg.slogdet(c)[1]


def student(m, v):
    def h(k):  # entropy of the standard vector, from its definition
        return (-special.gammaln((v + k) / 2) + special.gammaln(v / 2) + k / 2 * np.log(v * np.pi)
                + (v + k) / 2 * (special.psi((v + k) / 2) - special.psi(v / 2)))
    return 2 * h(m) - h(2 * m)


def planar(parts, step):
    """parts: (weight, mean, covariance); the integral of p ln(p / px py)."""
    means = np.array([m for _, m, _ in parts])
    widths = np.sqrt(np.array([np.diag(c) for _, _, c in parts]))
    low, high = (means - 9 * widths).min(0), (means + 9 * widths).max(0)
    x = np.arange(low[0], high[0], step)
    y = np.arange(low[1], high[1], step)
    gx, gy = np.meshgrid(x, y, indexing="ij")
    p = sum(w * stats.multivariate_normal(m, c).pdf(np.stack([gx, gy], -1)) for w, m, c in parts)
    px = sum(w * stats.norm(m[0], np.sqrt(c[0][0])).pdf(x) for w, m, c in parts)
    py = sum(w * stats.norm(m[1], np.sqrt(c[1][1])).pdf(y) for w, m, c in parts)
    ok = p > 1e-200
    outer = np.outer(px, py)
    return float((p[ok] * np.log(p[ok] / outer[ok])).sum() * step**2)


def concentric(d, k):
    i = np.arange(1, k + 1)
    def f(r):
        p = stats.chi(d).pdf(r / i) / i
        m = p.mean()
        return np.mean(special.xlogy(p, p / m)) if m > 0 else 0.0
    return integrate.quad(f, 0, k * (np.sqrt(d) + 12), points=list(i * np.sqrt(d)), limit=1000,
                          epsabs=1e-12, epsrel=1e-12)[0]


def inliers(alpha, rho=0.8):
    # ln r of two pairs is -ln(1 - rho^2) + rho (E1 - E2) under the signal; under the product of the
    # marginals the exponentials have the factors rho / (1 + rho) and rho / (1 - rho).
    def mean(a, b):
        c = -np.log(1 - rho**2)
        m = lambda u: np.logaddexp(np.log(1 - alpha) + u, np.log(alpha))
        up = integrate.quad(lambda t: np.exp(-t) * m(c + a * t), 0, 60, limit=500, epsabs=1e-13)[0]
        dn = integrate.quad(lambda t: np.exp(-t) * m(c - b * t), 0, 60, limit=500, epsabs=1e-13)[0]
        return (a * up + b * dn) / (a + b)
    return (1 - alpha) * mean(rho, rho) + alpha * mean(rho / (1 + rho), rho / (1 - rho))


def corr(vx, vy, r):
    c = r * np.sqrt(vx * vy)
    return [[vx, c], [c, vy]]


pair = 2 * normal(0.8)
truths = {"1v1-additive-0.1": 0.1 - np.log(0.2), "1v1-additive-0.75": 1 / 3}
for name in ["1v1-normal-0.75", "normal_cdf-1v1-normal-0.75", "1v1-bimodal-0.75",
             "wiggly-1v1-normal-0.75", "half_cube-1v1-normal-0.75",
             "swissroll_x-normal_cdf-1v1-normal-0.75"]:
    truths[name] = normal(0.75)
for m in [2, 3, 5, 25, 50]:
    truths[f"multinormal-dense-{m}-{m}-0.5"] = dense(m)
for m in [2, 3, 5, 25]:
    truths[f"multinormal-sparse-{m}-{m}-2-2.0"] = pair
for t, m in itertools.product(["normal_cdf", "half_cube", "spiral", "spiral-normal_cdf"], [3, 5, 25]):
    truths[f"{t}-multinormal-sparse-{m}-{m}-2-2.0"] = pair
for m, v in [(1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (5, 2), (5, 3)]:
    truths[f"student-identity-{m}-{m}-{v}"] = student(m, v)
for m, v in [(1, 1), (2, 1), (3, 2), (5, 2)]:
    truths[f"asinh-student-identity-{m}-{m}-{v}"] = student(m, v)

truths["1v1-X-0.9"] = planar([(.5, [0, 0], corr(1, 1, .9)), (.5, [0, 0], corr(1, 1, -.9))], .05)
truths["1v1-AI"] = planar(
    [(1 / 6, m, c) for m, c in [
        ([1, 0], corr(.01, .2, 0)), ([1, 1], corr(.05, .001, 0)), ([1, -1], corr(.05, .001, 0)),
        ([-.8, -.2], corr(.03, .001, 0)), ([-1.2, 0], corr(.04, .2, .95)),
        ([-.4, 0], corr(.04, .2, -.95))]], .006)
truths["2v1-waves-12-5.0-3.0"] = planar(
    [(1 / 12, [1.5 * k, 1.5 * (k % 4)], corr(.1, .1, 0)) for k in range(12)], .05)
truths["2v1-galaxy-0.5-3.0"] = planar(
    [(.5, [s * 1.5 * np.sqrt(2), s * 1.5], corr(1, 1, 0)) for s in (-1, 1)], .1)
for d, k in [(3, 5), (5, 5), (3, 10), (5, 10), (25, 5)]:
    truths[f"{d}v1-concentric_gaussians-{k}"] = concentric(d, k)
for m, a in itertools.product([5, 25], [0.2, 0.5]):
    truths[f"mult-sparse-w-inliers-{m}-{m}-2-2.0-{a}"] = inliers(a)

json.dump({k: round(float(v), 9) for k, v in truths.items()}, open("truths.json", "w"), indent=1)
print(len(truths))
