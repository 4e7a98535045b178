"""The reference models in PyTorch, and a loop that times them on request: see compare.py."""
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class SpectralConvolution(nn.Module):
    """The original one: full transforms, two corners of kept frequencies."""

    def __init__(self, width, modes):
        super().__init__()
        self.modes = modes
        scale = 1 / width**2
        shape = (width, width, modes, modes)
        self.low = nn.Parameter(scale * torch.rand(shape, dtype=torch.cfloat))
        self.high = nn.Parameter(scale * torch.rand(shape, dtype=torch.cfloat))

    def forward(self, x):
        m = self.modes
        spectrum = torch.fft.rfft2(x)
        out = torch.zeros_like(spectrum)
        out[:, :, :m, :m] = torch.einsum("bixy,ioxy->boxy", spectrum[:, :, :m, :m], self.low)
        out[:, :, -m:, :m] = torch.einsum("bixy,ioxy->boxy", spectrum[:, :, -m:, :m], self.high)
        return torch.fft.irfft2(out, s=x.shape[-2:])


class FNO(nn.Module):
    def __init__(self, modes, width=32, layers=4):
        super().__init__()
        self.lifting = nn.Linear(3, width)
        self.spectral = nn.ModuleList(SpectralConvolution(width, modes) for _ in range(layers))
        self.pointwise = nn.ModuleList(nn.Conv2d(width, width, 1) for _ in range(layers))
        self.first, self.second = nn.Linear(width, 128), nn.Linear(128, 1)

    def forward(self, x):
        batch, height, width, _ = x.shape
        y, z = torch.meshgrid(torch.linspace(0, 1, height), torch.linspace(0, 1, width), indexing="ij")
        grid = torch.stack([y, z], -1).expand(batch, -1, -1, -1)
        x = self.lifting(torch.cat([x, grid], -1)).permute(0, 3, 1, 2)
        for index, (spectral, pointwise) in enumerate(zip(self.spectral, self.pointwise)):
            x = spectral(x) + pointwise(x)
            if index < len(self.spectral) - 1:
                x = F.gelu(x)
        return self.second(F.gelu(self.first(x.permute(0, 2, 3, 1))))


class Block(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.GELU(),
            nn.Conv2d(outputs, outputs, 3, padding=1), nn.GroupNorm(8, outputs), nn.GELU())


class UNet(nn.Module):
    def __init__(self, width=32, levels=4):
        super().__init__()
        sizes = [width << level for level in range(levels + 1)]
        self.down = nn.ModuleList(Block(a, b) for a, b in zip([1] + sizes, sizes[:-1]))
        self.bottom = Block(sizes[-2], sizes[-1])
        self.spread = nn.ModuleList(nn.ConvTranspose2d(2 * size, size, 2, 2) for size in sizes[:-1])
        self.up = nn.ModuleList(Block(2 * size, size) for size in sizes[:-1])
        self.head = nn.Conv2d(width, 1, 1)

    def forward(self, x):
        x = x.permute(0, 3, 1, 2)
        skips = []
        for block in self.down:
            skips.append(block(x))
            x = F.max_pool2d(skips[-1], 2)
        x = self.bottom(x)
        for level in reversed(range(len(skips))):
            x = self.up[level](torch.cat([self.spread[level](x), skips[level]], 1))
        return self.head(x).permute(0, 2, 3, 1)


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.projections, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.first, self.second = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        batch, tokens, width = x.shape
        q, k, v = self.projections(self.before(x)).view(batch, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, tokens, width)
        x = x + self.output(mixed)
        return x + self.second(F.gelu(self.first(self.between(x))))


class ViT(nn.Module):
    def __init__(self, points, patch=8, width=192, layers=6, heads=6):
        super().__init__()
        self.patch = patch
        self.embedding = nn.Linear(patch * patch, width)
        self.positions = nn.Parameter(0.02 * torch.randn((points // patch) ** 2, width))
        self.layers = nn.ModuleList(Layer(width, heads) for _ in range(layers))
        self.after, self.head = nn.LayerNorm(width), nn.Linear(width, patch * patch)

    def forward(self, x):
        batch, points, p = x.shape[0], x.shape[1], self.patch
        n = points // p
        x = x.view(batch, n, p, n, p).transpose(2, 3).reshape(batch, n * n, p * p)
        x = self.embedding(x) + self.positions
        for layer in self.layers:
            x = layer(x)
        x = self.head(self.after(x)).view(batch, n, n, p, p).transpose(2, 3)
        return x.reshape(batch, points, points, 1)


def main():
    name, points, modes, batch, threads = sys.argv[1], *map(int, sys.argv[2:6])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = {"fno": lambda: FNO(modes), "unet": UNet, "vit": lambda: ViT(points)}[name]()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    x, y = torch.randn(batch, points, points, 1), torch.randn(batch, points, points, 1)

    def step():
        optimiser.zero_grad()
        difference = (model(x) - y).flatten(1).norm(dim=1) / y.flatten(1).norm(dim=1)
        difference.mean().backward()
        optimiser.step()

    def predict():
        with torch.inference_mode():
            model(x[:1])

    for line in sys.stdin:
        word = line.strip()
        if word == "info":
            count = sum(p.numel() * (2 if p.is_complex() else 1) for p in model.parameters())
            print(count, 0, flush=True)
            continue
        start = time.perf_counter()
        (step if word == "step" else predict)()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
