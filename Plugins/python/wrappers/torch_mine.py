#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""MINE in PyTorch (Belghazi et al. 2018, arXiv 1801.04062), evaluated on rows held out."""

import math

from mi_plugin import Estimate, estimator, integer, missing, number, progress, serve

try:
    import torch
except ImportError:
    missing("torch")


def bound(critic, x, y):
    """Donsker and Varadhan: E[T] - ln E[exp T'], T' on pairs whose y is of another row."""
    other = torch.roll(y, 1, 0)
    joint = critic(torch.cat([x, y], 1)).mean()
    product = torch.logsumexp(critic(torch.cat([x, other], 1))[:, 0], 0) - math.log(len(x))
    return joint - product


@estimator(id="torch-mine", version="1", kinds=["continuous-continuous"], minimum_samples=200,
           kind="lowerBound", reference="Belghazi et al. 2018, arXiv 1801.04062")
def mine(x, y, seed, steps=integer(2000, 10, 1_000_000, "training steps"),
         batch=integer(256, 16, 65_536, "rows of a step"), hidden=integer(64, 4, 4096, "units"),
         rate=number(1e-3, 1e-6, 1.0, "learning rate of Adam")):
    """The Donsker-Varadhan bound of a small network, on a held-out half."""
    torch.manual_seed(seed % 2**63)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    generator = torch.Generator().manual_seed(seed % 2**63)
    x, y = (torch.tensor((v - v.mean(0)) / v.std(0)).float() for v in (x, y))
    rows = torch.randperm(len(x), generator=generator)
    train, held = rows[: len(x) // 2], rows[len(x) // 2:]
    critic = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1] + y.shape[1], hidden), torch.nn.ReLU(),
        torch.nn.Linear(hidden, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 1))
    optimizer = torch.optim.Adam(critic.parameters(), lr=rate)
    for step in range(steps):
        if step % 50 == 0:
            progress(step / steps)
        some = train[torch.randint(len(train), (batch,), generator=generator)]
        loss = -bound(critic, x[some], y[some])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return Estimate(float(bound(critic, x[held], y[held])),
                        diagnostics={"rowsTrained": len(train), "rowsEvaluated": len(held)})


serve()
