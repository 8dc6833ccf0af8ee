# SPDX-License-Identifier: MIT
"""scikit-learn's own checks, and agreement with its estimators."""

import numpy as np
import pytest

sklearn = pytest.importorskip("sklearn", minversion="1.6")

from sklearn.datasets import load_iris, make_friedman1  # noqa: E402
from sklearn.feature_selection import (  # noqa: E402
    SelectKBest, mutual_info_classif, mutual_info_regression)
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

import mutualinformation as mi  # noqa: E402
from mutualinformation.sklearn import (  # noqa: E402
    MutualInformation, MutualInformationSelector, mutual_info_score_func)


@parametrize_with_checks([
    MutualInformationSelector(), MutualInformation(), SelectKBest(mutual_info_score_func)])
@pytest.mark.filterwarnings("ignore")
def test_check_estimator(estimator, check):
    check(estimator)


@pytest.mark.filterwarnings("ignore")
def test_columns_are_chosen_as_by_scikit_learn():
    X, y = load_iris(return_X_y=True)
    scores = mutual_info_score_func(X, y)
    assert np.allclose(
        scores, mutual_info_classif(X, y, discrete_features=False, random_state=0), atol=0.08)
    chosen = SelectKBest(mutual_info_score_func, k=2).fit(X, y).get_support()
    assert list(chosen) == [False, False, True, True]
    pipeline = make_pipeline(StandardScaler(), MutualInformationSelector(2)).fit(X, y)
    assert list(pipeline[-1].get_support()) == [False, False, True, True]
    names = MutualInformationSelector(threshold=0.6).fit(X, y).get_feature_names_out()
    assert list(names) == ["x2", "x3"]


def test_the_labels_of_continuous_columns_agree_to_the_last_digits():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(500, 4))
    y = (X[:, 0] + rng.normal(size=500) > 0).astype(int)
    theirs = mutual_info_classif(X, y, discrete_features=False, random_state=0)
    assert np.allclose(np.maximum(mutual_info_score_func(X, y), 0), theirs, atol=1e-6)


def test_regression_agrees_on_standardized_columns():
    X, y = make_friedman1(n_samples=500, random_state=0)
    theirs = mutual_info_regression(X, y, random_state=0)
    mine = mutual_info_score_func(X, y, scale="standardize")
    assert np.allclose(np.maximum(mine, 0), theirs, atol=5e-3)
    assert set(np.argsort(mine)[-4:]) == set(np.argsort(theirs)[-4:])


def test_information_of_all_columns_together():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 2))
    y = X.sum(axis=1) + rng.normal(size=200)
    fitted = MutualInformation(k=5).fit(X, y)
    assert fitted.information_ == mi.estimate(X, y, "ksg-1", k=5).nats


def test_a_constant_column_tells_nothing():
    X = np.random.default_rng(0).normal(size=(50, 3))
    X[:, 1] = 3
    assert mutual_info_score_func(X, X[:, 0] > 0)[1] == 0
