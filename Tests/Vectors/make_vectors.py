"""Writes layers.json: inputs, parameters, results and gradients of layers, computed by PyTorch in double precision.

    pip install torch numpy && python3 make_vectors.py

Fields are channels last; parameters have the names and layouts of the Swift layers. The loss is the mean square of the
difference from the target.
"""
import json
import os

import torch
from torch.nn import functional as F

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)


def dense(x, p):
    return F.gelu(F.linear(x, p["a.weight"].T, p["a.bias"]))


def perceptron(x, p):
    hidden = F.gelu(x @ p["a.first.weight"] + p["a.first.bias"])
    return hidden @ p["a.second.weight"] + p["a.second.bias"]


def convolution(x, p):
    weight = p["a.weight"].view(3, 3, 2, 3).permute(3, 2, 0, 1)
    return F.conv2d(x.permute(0, 3, 1, 2), weight, p["a.bias"], padding=1).permute(0, 2, 3, 1)


def spread(x, p):
    """A transposed convolution of stride 2: a linear layer whose channels become blocks of points."""
    weight = p["a.weight"].view(3, 2, 2, 2).permute(0, 3, 1, 2)
    return F.conv_transpose2d(x.permute(0, 3, 1, 2), weight, None, stride=2).permute(0, 2, 3, 1)


def layer_norm(x, p):
    return F.layer_norm(x, (4,), p["a.scale"], p["a.offset"])


def group_norm(x, p):
    return F.group_norm(x.permute(0, 3, 1, 2), 2, p["a.scale"], p["a.offset"]).permute(0, 2, 3, 1)


def pooling(x, p):
    return F.max_pool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)


def attention(x, p):
    batch, tokens, width = x.shape
    joint = x @ p["a.projections.weight"] + p["a.projections.bias"]
    q, k, v = joint.view(batch, tokens, 3, 2, -1).permute(2, 0, 3, 1, 4)
    mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, tokens, width)
    return mixed @ p["a.output.weight"] + p["a.output.bias"]


def fourier_layer(x, p):
    weight = torch.complex(p["a.spectral.weight"][:, :, 0], p["a.spectral.weight"][:, :, 1])
    spectrum = torch.fft.rfft2(x, dim=(1, 2))
    out = torch.zeros(*spectrum.shape[:3], 3, dtype=torch.cdouble)
    out[:, :2, :3] = torch.einsum("byxi,yxio->byxo", spectrum[:, :2, :3], weight[:2])
    out[:, -2:, :3] = torch.einsum("byxi,yxio->byxo", spectrum[:, -2:, :3], weight[2:])
    smooth = torch.fft.irfft2(out, s=x.shape[1:3], dim=(1, 2))
    return F.gelu(smooth + x @ p["a.pointwise.weight"] + p["a.pointwise.bias"])


CASES = {
    "dense": (dense, (3, 4), {"a.weight": (4, 5), "a.bias": (5,)}),
    "perceptron": (perceptron, (5, 4), {
        "a.first.weight": (4, 6), "a.first.bias": (6,), "a.second.weight": (6, 2), "a.second.bias": (2,)}),
    "convolution": (convolution, (2, 4, 3, 2), {"a.weight": (9, 2, 3), "a.bias": (3,)}),
    "spread": (spread, (1, 2, 3, 3), {"a.weight": (3, 8)}),
    "layer norm": (layer_norm, (3, 4), {"a.scale": (4,), "a.offset": (4,)}),
    "group norm": (group_norm, (2, 3, 2, 4), {"a.scale": (4,), "a.offset": (4,)}),
    "pooling": (pooling, (1, 4, 6, 2), {}),
    "attention": (attention, (2, 3, 4), {
        "a.projections.weight": (4, 12), "a.projections.bias": (12,), "a.output.weight": (4, 4),
        "a.output.bias": (4,)}),
    "fourier layer": (fourier_layer, (2, 6, 8, 2), {
        "a.spectral.weight": (4, 3, 2, 2, 3), "a.pointwise.weight": (2, 3), "a.pointwise.bias": (3,)}),
}


def case(name, function, shape, parameters):
    x = torch.randn(shape, requires_grad=True)
    p = {key: torch.randn(extents, requires_grad=True) for key, extents in parameters.items()}
    y = function(x, p)
    target = torch.randn(y.shape)
    F.mse_loss(y, target).backward()

    def numbers(tensor):
        return [float(f"{value:.17g}") for value in tensor.detach().reshape(-1).tolist()]

    return {
        "name": name, "shape": list(shape), "input": numbers(x), "target": numbers(target), "output": numbers(y),
        "inputGradient": numbers(x.grad), "parameters": {key: numbers(value) for key, value in p.items()},
        "gradients": {key: numbers(value.grad) for key, value in p.items()},
    }


folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, "layers.json"), "w") as file:
    cases = [case(name, *rest) for name, rest in CASES.items()]
    file.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
