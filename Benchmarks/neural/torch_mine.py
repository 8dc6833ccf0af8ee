# SPDX-License-Identifier: MIT
"""Plain PyTorch loops of the neural bounds: the peer that a user would write.

    torch_mine.py step THREADS CASE        seconds of a training step, CASE as run.py names it
    torch_mine.py estimate THREADS X Y     a MINE estimate, 128-128, held-out rows; JSON on stdout
"""
import json, sys, time
import numpy as np
import torch

torch.set_num_threads(int(sys.argv[2]))


def mlp(widths):
    layers = []
    for a, b in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(a, b), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def mine_step(net, opt, x, y, batch, state):
    """One step of MINE: real pairs, one shuffle, moving average below the gradient."""
    rows = torch.randint(0, len(x), (batch,))
    a, b = x[rows], y[rows]
    t = net(torch.cat([a, b], 1)).mean()
    e = torch.exp(net(torch.cat([a, b[torch.randperm(batch)]], 1))).mean()
    state["average"] = 0.99 * state["average"] + 0.01 * e.item()
    loss = -(t - e / state["average"])
    opt.zero_grad()
    loss.backward()
    opt.step()


def infonce_step(score, opt, x, y, batch):
    rows = torch.randint(0, len(x), (batch,))
    scores = score(x[rows], y[rows])
    loss = -(scores.diag() - torch.logsumexp(scores, 1)).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()


def timed(step, steps):
    for _ in range(2):
        step()
    wall, cpu = [], []
    for _ in range(3):
        w, c = time.perf_counter(), time.process_time()
        for _ in range(steps):
            step()
        wall.append((time.perf_counter() - w) / steps)
        cpu.append((time.process_time() - c) / steps)
    return {"wall": min(wall), "cpu": min(cpu)}


def step_times(only):
    torch.manual_seed(0)
    d, n, result = 20, 5000, {}
    x = torch.randn(n, d)
    y = 0.6 * x + 0.8 * torch.randn(n, d)
    for hidden, steps in (([16, 8], 100), ([128, 128], 40), ([256, 256], 20)):
        if only != "mine " + "-".join(map(str, hidden)):
            continue
        net = mlp([2 * d] + hidden + [1])
        opt = torch.optim.Adam(net.parameters(), 1e-3)
        state = {"average": 1.0}
        result["mine " + "-".join(map(str, hidden))] = timed(
            lambda: mine_step(net, opt, x, y, 256, state), steps)
    net = mlp([2 * d, 256, 256, 1])
    opt = torch.optim.Adam(net.parameters(), 1e-3)

    def joint(a, b):
        m = len(a)
        pairs = torch.cat([a.repeat_interleave(m, 0), b.repeat(m, 1)], 1)
        return net(pairs).reshape(m, m)

    if "joint" in only:
        result[only] = timed(lambda: infonce_step(joint, opt, x, y, 128), 2)
    if "separable" not in only:
        return result
    f, g = mlp([d, 256, 256, 32]), mlp([d, 256, 256, 32])
    opt2 = torch.optim.Adam(list(f.parameters()) + list(g.parameters()), 1e-3)
    result[only] = timed(
        lambda: infonce_step(lambda a, b: f(a) @ g(b).T, opt2, x, y, 128), 20)
    return result


def estimate(path_x, path_y, hidden=(128, 128), batch=256, most=3000, patience=750):
    torch.manual_seed(0)
    start, cpu = time.perf_counter(), time.process_time()
    x, y = (np.load(p) for p in (path_x, path_y))
    rows = np.random.default_rng(0).permutation(len(x))
    n = len(x)
    train, stop, held = rows[: n * 7 // 10], rows[n * 7 // 10 : n * 8 // 10], rows[n * 8 // 10 :]
    scale = lambda v: torch.tensor(((v - v[train].mean(0)) / v[train].std(0)), dtype=torch.float32)
    x, y = scale(x), scale(y)
    net = mlp([x.shape[1] + y.shape[1], *hidden, 1])
    opt = torch.optim.Adam(net.parameters(), 1e-3)
    state = {"average": 1.0}

    def value(rows, shuffles=16):
        with torch.no_grad():
            a, b = x[rows], y[rows]
            t = net(torch.cat([a, b], 1)).mean()
            s = torch.cat([net(torch.cat([a, b.roll(k, 0)], 1)) for k in range(1, shuffles + 1)])
            return (t - torch.logsumexp(s, 0)[0] + np.log(len(s))).item()

    train_x, train_y = x[train], y[train]
    best, best_step, kept = -np.inf, 0, None
    for step in range(most):
        mine_step(net, opt, train_x, train_y, batch, state)
        if step % 50 == 49:
            v = value(stop)
            if v > best:
                best, best_step = v, step
                kept = {k: t.clone() for k, t in net.state_dict().items()}
            if step - best_step >= patience:
                break
    net.load_state_dict(kept)
    nats = value(held)
    return {"nats": nats, "seconds": time.perf_counter() - start,
            "cpu": time.process_time() - cpu, "steps": step + 1}


if __name__ == "__main__":
    if sys.argv[1] == "step":
        print(json.dumps(step_times(sys.argv[3])))
    else:
        pairs = sys.argv[3:]
        for a, b in zip(pairs[::2], pairs[1::2]):
            print(json.dumps(estimate(a, b)), flush=True)
