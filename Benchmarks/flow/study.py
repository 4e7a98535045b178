"""What the tool's schemes get wrong, problem by problem, against exact solutions and converged references.

    python3 study.py [riemann] [sedov] [blast-waves] [shu-osher] [entropy-wave] [box]

needs numpy and h5py; HUGONIOT names the binary (otherwise the release build). Without names all are done. Figures are those of
the run; time is processor time of one thread, and of this machine.
"""
import sys

import numpy as np

import sedov
from problems import RIEMANN, case, riemann
from tool import Failed, run

SCHEMES = {
    "igr": "",
    "igr, mix": 'limiter = "mix"',
    "weno-hllc": 'scheme = "weno-hllc"',
    "mp5-hllc": 'scheme = "mp5-hllc"',
}


def table(title, rows):
    print(f"\n## {title}\n")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)


def errors(name, cells, numerics):
    """Mean error of density, velocity and pressure over the largest exact value."""
    text, exact = riemann(name, cells, numerics=numerics)
    fields, _ = run(text)
    found = [fields["density"], fields["velocity_x"], fields["pressure"]]
    return np.array([np.abs(a - b).mean() / np.abs(b).max() for a, b in zip(found, exact)])


def riemann_problems(cells=200):
    found = {scheme: np.array([errors(name, cells, keys) for name in RIEMANN]) for scheme, keys in SCHEMES.items()}
    base = found["weno-hllc"]
    rows = [["scheme", *RIEMANN, "mean ratio", "largest"], ["---"] * (len(RIEMANN) + 3)]
    for scheme, values in found.items():
        ratio = values / base
        rows.append([scheme] + ["/".join(f"{1e4 * v:.0f}" for v in row) for row in values]
                    + [f"{np.exp(np.log(ratio).mean()):.3f}", f"{ratio.max():.2f} ({list(RIEMANN)[ratio.max(1).argmax()]})"])
    table(f"Nine Riemann problems, {cells} cells: mean errors of density/velocity/pressure over the largest value, 1e-4; "
          "geometric mean and largest of the ratios to weno-hllc", rows)


def sedov_blasts():
    rows = [["scheme", "cells", "density", "pressure", "peak (6)", "steps", "seconds"], ["---"] * 7]
    for cells in (128, 256):
        for scheme, keys in SCHEMES.items():
            radius = 0.03
            initial = (f'[initial]\ndensity = 1.0\npressure = "1e-5 + 0.4/(pi*{radius}^2)*exp(-(x^2+y^2)/{radius}^2)"\n')
            text = case(([cells, cells], [0, 0], [1, 1]), initial, 0.55,
                        ['{ lower = "wall", upper = "outflow" }'] * 2, numerics=keys)
            fields, seconds = run(text)
            x = (np.arange(cells) + 0.5) / cells
            r = np.hypot(*np.meshgrid(x, x))
            density, _, pressure, shock, _ = sedov.solution(r, 0.55, 1.0)
            near = r < 1
            rows.append([scheme, f"{cells}²",
                         f"{np.abs(fields['density'] - density)[near].mean() / density[near].mean():.4f}",
                         f"{np.abs(fields['pressure'] - pressure)[near].mean() / pressure[near].mean():.4f}",
                         f"{fields['density'].max():.2f}", str(fields["attributes"].get("steps", "")), f"{seconds:.1f}"])
    table("Cylindrical Sedov blast, a quarter: mean errors over the mean, r < 1", rows)


def blast_waves():
    rows = [["scheme", "cells", "least density left of x = 0.7", "largest density (6.5)"], ["---"] * 4]
    initial = ('[initial]\ndensity = 1.0\npressure = 0.01\n[[initial.region]]\nwhere = "x < 0.1"\npressure = 1000.0\n'
               '[[initial.region]]\nwhere = "x > 0.9"\npressure = 100.0\n')
    for cells in (400, 800):
        for scheme, keys in SCHEMES.items():
            fields, _ = run(case(([cells], [0], [1]), initial, 0.038, ["wall"], numerics=keys))
            rows.append([scheme, str(cells), f"{fields['density'][: cells * 7 // 10].min():.3f}",
                         f"{fields['density'].max():.2f}"])
    table("Woodward and Colella's blast waves", rows)


def shu_osher(cells=200):
    initial = ('[initial]\ndensity = "1 + 0.2*sin(5*x)"\npressure = 1.0\n[[initial.region]]\nwhere = "x < -4"\n'
               "density = 3.857143\nvelocity = [2.629369]\npressure = 10.33333\n")
    ends = ['{ lower = { kind = "inflow", density = 3.857143, velocity = [2.629369], pressure = 10.33333 }, '
            'upper = "outflow" }']
    def density(n, keys):
        text = case(([n], [-5], [5]), initial, 1.8, ends, numerics=keys)
        return run(text)[0]["density"]
    fine = density(3200, 'scheme = "mp5-hllc"').reshape(cells, -1).mean(1)
    x = -5 + (np.arange(cells) + 0.5) * 10 / cells
    waves = (x > 0.5) & (x < 2.2)
    rows = [["scheme", "all", "fine waves"], ["---"] * 3]
    for scheme, keys in SCHEMES.items():
        error = np.abs(density(cells, keys) - fine)
        rows.append([scheme, f"{error.mean():.4f}", f"{error[waves].mean():.3f}"])
    table(f"Shu and Osher's waves, {cells} cells: mean error of density against 3200 cells of mp5-hllc", rows)


def entropy_wave(cells=64, mach=0.08):
    speed = float(mach * np.sqrt(1.4))
    initial = f'[initial]\ndensity = "1 + 0.1*sin(8*pi*x)"\nvelocity = [{speed!r}]\npressure = 1.0\n'
    x = (np.arange(cells) + 0.5) / cells
    exact = 1 + 0.1 * np.sin(8 * np.pi * (x - speed * 10))
    rows = [["scheme", "density"], ["---"] * 2]
    for scheme, keys in SCHEMES.items():
        fields, _ = run(case(([cells], [0], [1]), initial, 10.0, ["periodic"], numerics=keys))
        rows.append([scheme, f"{np.abs(fields['density'] - exact).mean():.2e}"])
    table(f"Four entropy waves at Mach {mach}, {cells} cells, t = 10: mean error", rows)


def closed_box():
    initial = '[initial]\ndensity = 1.0\npressure = "if(x*x + y*y < 0.09, 100, 0.1)"\n'
    rows = [["scheme", "storage", "least and largest density", "mirror x, y, exchange"], ["---"] * 4]
    for storage in ("float64", "float32", "scaled16"):
        for scheme, keys in SCHEMES.items():
            try:
                fields, _ = run(case(([64, 64], [-1, -1], [1, 1]), initial, 1.0, ["wall", "wall"], storage=storage,
                                     numerics=keys))
            except Failed as failure:
                rows.append([scheme, storage, str(failure), ""])
                continue
            d = fields["density"]
            rows.append([scheme, storage, f"{d.min():.3f}, {d.max():.2f}",
                         ", ".join(f"{np.abs(d - e).max() / d.max():.1e}" for e in (d[:, ::-1], d[::-1], d.T))])
    table("A blast in a closed box, 64², t = 1", rows)


PROBLEMS = {"riemann": riemann_problems, "sedov": sedov_blasts, "blast-waves": blast_waves, "shu-osher": shu_osher,
            "entropy-wave": entropy_wave, "box": closed_box}

if __name__ == "__main__":
    for name in sys.argv[1:] or PROBLEMS:
        PROBLEMS[name]()
