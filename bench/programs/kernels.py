"""The losses of bench/programs in PyTorch, as one writes them there, in double precision; gradients by its autograd.

python3 kernels.py <threads> says in a line what it is, then answers a line {"name", "file", "unknowns", "milliseconds", "dimensions"} by a line
{"time": nanoseconds a call, "value", "checksum"}, each in JSON. The file holds doubles: the unknowns, then data.
"""
import ctypes
import json
import os
import re
import sys
from time import perf_counter_ns


def flags():
    try:
        with open("/proc/cpuinfo") as info:
            return set(next((line for line in info if line.startswith("flags")), "").split())
    except FileNotFoundError:
        return set()


# An OpenBLAS older than the processor takes it for a Pentium 4, unless it is told which kernels it can run. It asks when it is loaded.
for flag, kernels in (("avx512f", "SkylakeX"), ("avx2", "Haswell")):
    if flag in flags():
        os.environ.setdefault("OPENBLAS_CORETYPE", kernels)

import torch
import torch.nn.functional as F


def network(p, data, inputs, hidden, classes, rows):
    w1, b1, w2, b2 = split(p, [(hidden, inputs), (hidden,), (classes, hidden), (classes,)])
    x, y = split(data, [(rows, inputs), (rows,)])
    y = y.long()
    return [w1, b1, w2, b2], lambda: F.cross_entropy(F.linear(torch.sigmoid(F.linear(x, w1, b1)), w2, b2), y)


def training(p, data, inputs, hidden, classes, rows, batch):
    """Steps of the network by minibatches, as one writes them: rows drawn, the loss of them, its gradient, SGD. The first step is over the first rows."""
    parameters, _ = network(p, data, inputs, hidden, classes, rows)
    x, y = split(data, [(rows, inputs), (rows,)])
    y = y.long()
    for each in parameters:
        each.requires_grad_()
    w1, b1, w2, b2 = parameters
    optimizer = torch.optim.SGD(parameters, lr=0.5)

    def step(chosen):
        optimizer.zero_grad()
        value = F.cross_entropy(F.linear(torch.sigmoid(F.linear(x[chosen], w1, b1)), w2, b2), y[chosen])
        value.backward()
        optimizer.step()
        return value.item()

    value = step(torch.arange(batch))
    after = checksum(torch.cat([each.detach().flatten() for each in parameters]))
    order = []

    def next_step():
        if not order:
            order.extend(torch.randperm(rows).split(batch))
        step(order.pop())

    return next_step, value, after


def least_squares(p, data, columns, rows):
    w, b = split(p, [(columns,), ()])
    x, y = split(data, [(rows, columns), (rows,)])
    return [w, b], lambda: F.mse_loss(x @ w + b, y)


def logistic(p, data, columns, rows):
    w, b = split(p, [(columns,), ()])
    x, y = split(data, [(rows, columns), (rows,)])
    return [w, b], lambda: F.binary_cross_entropy_with_logits(x @ w + b, y)


def gmm(p, data, d, k, n):
    """As ADBench has it for PyTorch, without the constants of the value."""
    alpha, mu, q, low = split(p, [(k,), (k, d), (k, d), (k, d * (d - 1) // 2)])
    x, = split(data, [(n, d)])
    column, row = torch.triu_indices(d, d, 1)

    def posterior():
        diagonal = torch.exp(q)
        factor = torch.diag_embed(diagonal).index_put((torch.arange(k)[:, None], row, column), low)
        square = torch.bmm(x - mu[:, None], factor.transpose(1, 2)).square().sum(2)
        main = (alpha + q.sum(1))[:, None] - 0.5 * square
        return torch.logsumexp(main, 0).sum() - n * torch.logsumexp(alpha, 0) - 0.5 * (diagonal.square().sum() + low.square().sum())

    return [alpha, mu, q, low], posterior


def points(side):
    return torch.meshgrid(torch.linspace(-1, 3, side, dtype=torch.double), torch.linspace(-2, 2, side, dtype=torch.double), indexing="ij")


def rosenbrock(side):
    y, x = points(side)
    return lambda: (1 - x) ** 2 + 100 * (y - x**2) ** 2


def ackley(side):
    y, x = points(side)
    e, turn = 2.718281828459045, 6.283185307179586
    return lambda: -20 * torch.exp(-0.2 * torch.sqrt(0.5 * (x**2 + y**2))) - torch.exp(0.5 * (torch.cos(turn * x) + torch.cos(turn * y))) + e + 20


LOSSES = {"network": network, "leastSquares": least_squares, "logistic": logistic, "gmm": gmm}
GRIDS = {"rosenbrock": rosenbrock, "ackley": ackley}


def split(numbers, shapes):
    parts = torch.split(numbers, [torch.Size(shape).numel() for shape in shapes])
    return [part.reshape(shape).clone() for part, shape in zip(parts, shapes)]


def with_gradient(unknowns, loss):
    for each in unknowns:
        each.requires_grad_()

    def run():
        for each in unknowns:
            each.grad = None
        value = loss()
        value.backward()
        return value.item(), unknowns

    return run


def measured(run, milliseconds):
    """Nanoseconds a call: the median over rounds of a millisecond or more."""
    for _ in range(3):
        run()
    times, begin = [], perf_counter_ns()
    while len(times) < 7 or perf_counter_ns() - begin < milliseconds * 1e6:
        start, calls = perf_counter_ns(), 0
        while calls == 0 or perf_counter_ns() - start < 1e6:
            run()
            calls += 1
        times.append((perf_counter_ns() - start) / calls)
    return sorted(times)[len(times) // 2]


def answer(name, file, unknowns, milliseconds, dimensions):
    if name in GRIDS:
        grid = GRIDS[name](*dimensions)
        return {"time": measured(grid, milliseconds), "value": grid().flatten()[7].item(), "checksum": checksum(grid().flatten())}
    with open(file, "rb") as opened:
        numbers = torch.frombuffer(bytearray(opened.read()), dtype=torch.double)
    if name == "bandwidth":
        return {"time": measured(numbers[unknowns:].sum, milliseconds), "value": numbers[unknowns:].sum().item(), "checksum": 0}
    if name == "training":
        step, value, after = training(numbers[:unknowns], numbers[unknowns:], *dimensions)
        return {"time": measured(step, milliseconds), "value": value, "checksum": after}
    run = with_gradient(*LOSSES[name](numbers[:unknowns], numbers[unknowns:], *dimensions))
    time = measured(run, milliseconds)
    value, parameters = run()
    return {"time": time, "value": value, "checksum": checksum(torch.cat([each.grad.flatten() for each in parameters]))}


def checksum(numbers):
    return (numbers * (torch.arange(len(numbers)) % 7 + 1)).sum().item()


def blas():
    """What multiplies matrices: the libraries that are loaded once it has been done, and how OpenBLAS calls itself."""
    torch.ones(64, 64, dtype=torch.double) @ torch.ones(64, 64, dtype=torch.double)
    try:
        with open("/proc/self/maps") as maps:
            loaded = sorted({line.split()[-1] for line in maps if re.search(r"/lib[^/]*(blas|mkl)[^/]*\.so", line)})
    except FileNotFoundError:
        loaded = []
    for path in loaded:
        config = getattr(ctypes.CDLL(path), "openblas_get_config", None)
        if config:
            config.restype = ctypes.c_char_p
            # Its version and its kernels: what stands between are the choices of who built it.
            words = config().decode().split()
            return " ".join([*words[:2], *(word for word in words[2:] if not re.match(r"NO_|MAX_|DYNAMIC_|USE", word))])
    if any("mkl" in path for path in loaded) or "BLAS_INFO=mkl" in torch.__config__.show():
        return "MKL"
    return " ".join(loaded) or "a BLAS that does not tell its name"


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps({"version": torch.__version__, "blas": blas()}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(**json.loads(line))), flush=True)
