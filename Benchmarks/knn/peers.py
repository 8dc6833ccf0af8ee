"""Peers of ksg-1, driven as their packages drive them: x and y are (n, d) arrays; each returns nats."""
import numpy as np
from scipy.special import digamma


def _combine(k, nx, ny):
    """psi(k) + psi(n) - <psi(nx) + psi(ny)>, where the counts include the point itself."""
    return digamma(k) + digamma(len(nx)) - np.mean(digamma(nx) + digamma(ny))


def _sklearn(tree, x, y, k, **options):
    joint = tree(np.hstack([x, y]), metric="chebyshev", **options)
    radius = np.nextafter(joint.query(np.hstack([x, y]), k=k + 1)[0][:, -1], 0)
    counts = [
        tree(side, metric="chebyshev", **options).query_radius(side, radius, count_only=True)
        for side in (x, y)
    ]
    return _combine(k, *counts)


def kdtree(x, y, k, threads):
    from sklearn.neighbors import KDTree

    return _sklearn(KDTree, x, y, k)


def balltree(x, y, k, threads):
    from sklearn.neighbors import BallTree

    return _sklearn(BallTree, x, y, k)


def scipy(x, y, k, threads):
    from scipy.spatial import cKDTree

    xy = np.hstack([x, y])
    radius = cKDTree(xy).query(xy, k=[k + 1], p=np.inf, workers=threads)[0][:, 0]
    radius = np.nextafter(radius, 0)
    counts = [
        cKDTree(side).query_ball_point(side, radius, p=np.inf, return_length=True, workers=threads)
        for side in (x, y)
    ]
    return _combine(k, *counts)


def ennemi(x, y, k, threads):
    if x.shape[1] == 1:
        from ennemi import estimate_mi

        return float(estimate_mi(y[:, 0], x[:, 0], k=k, preprocess=False)[0, 0])
    # The public function has no vector x.
    from ennemi._entropy_estimators import _estimate_single_mi

    return float(_estimate_single_mi(x, y, k))


def infomeasure(x, y, k, threads):
    from infomeasure import estimator

    return float(
        estimator(x, y, measure="mutual_information", approach="ksg", k=k, noise_level=0).global_val())


def mutual_info_regression(x, y, k, threads):
    """For 1 + 1 only; scales by the standard deviation and adds noise of 1e-10, so its value differs."""
    from sklearn.feature_selection import mutual_info_regression as estimate

    return float(estimate(x, y[:, 0], n_neighbors=k, random_state=0)[0])


PEERS = {f.__name__: f for f in (kdtree, balltree, scipy, ennemi, infomeasure, mutual_info_regression)}
ONE_DIMENSION = {"mutual_info_regression"}
TWO_THREADS = {"scipy"}
# Not the same definition to the last digit: ennemi shortens the radius by a fixed amount and has a digamma
# of its own (differs by 1e-6), scikit-learn rescales and adds noise.
OTHER_VALUE = {"ennemi", "mutual_info_regression"}
# BallTree compares with a sum of two rounded distances and may lose a point at the border.
TOLERANCE = {"balltree": 1e-6}
