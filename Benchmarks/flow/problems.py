"""The problems of the study: case texts for the tool, and what is right."""
import numpy as np
from riemann import sample

RIEMANN = {
    # name: left, right, gamma, domain, place of the jump, time
    "sod": ((1, 0, 1), (0.125, 0, 0.1), 1.4, (0, 1), 0.5, 0.2),
    "toro-1": ((1, 0.75, 1), (0.125, 0, 0.1), 1.4, (0, 1), 0.3, 0.2),
    "toro-2": ((1, -2, 0.4), (1, 2, 0.4), 1.4, (0, 1), 0.5, 0.15),
    "toro-3": ((1, 0, 1000), (1, 0, 0.01), 1.4, (0, 1), 0.5, 0.012),
    "toro-4": ((5.99924, 19.5975, 460.894), (5.99242, -6.19633, 46.095), 1.4, (0, 1), 0.4, 0.035),
    "toro-5": ((1, -19.59745, 1000), (1, -19.59745, 0.01), 1.4, (0, 1), 0.8, 0.012),
    "leblanc": ((1, 0, 0.2 / 3), (1e-3, 0, 2e-10 / 3), 5 / 3, (0, 9), 3.0, 6.0),
    # Quirk 1994, doi:10.1002/fld.1650180603: a shock that crosses a cell in some thirty steps.
    "slow shock": ((3.86, -0.81, 10.33), (1, -3.44, 1), 1.4, (0, 1), 0.3, 4.0),
    "moving Mach 2": ((8 / 3, 1.4790199457749036, 4.5), (1, 0, 1), 1.4, (0, 1), 0.2, 0.25),
}

def case(domain, initial, end, boundaries, gamma=1.4, numerics="", cfl=None, storage="float64", threads=1):
    """The text of a case."""
    cells, lower, upper = domain
    axes = "xyz"[: len(cells)]
    faces = "\n".join(f"{a} = {b}" if b.startswith("{") else f'{a} = "{b}"' for a, b in zip(axes, boundaries))
    return (
        f"[domain]\ncells = {list(cells)}\nlower = {list(map(float, lower))}\nupper = {list(map(float, upper))}\n"
        f"[boundaries]\n{faces}\n[gas]\ngamma = {gamma!r}\n{initial}\n[numerics]\n"
        + (f"cfl = {cfl}\n" if cfl else "")
        + f'storage = "{storage}"\nthreads = {threads}\n{numerics}\n[time]\nend = {end}\n'
    )


def riemann(name, cells, **options):
    """The case of a Riemann problem, and its exact solution at cell centres."""
    left, right, gamma, (low, high), place, end = RIEMANN[name]
    initial = (
        f"[initial]\ndensity = {right[0]!r}\nvelocity = [{float(right[1])!r}]\npressure = {right[2]!r}\n"
        f'[[initial.region]]\nwhere = "x < {place}"\n'
        f"density = {left[0]!r}\nvelocity = [{float(left[1])!r}]\npressure = {left[2]!r}\n"
    )
    text = case(([cells], [low], [high]), initial, end, ["outflow"], gamma, **options)
    x = low + (np.arange(cells) + 0.5) * (high - low) / cells
    return text, sample(left, right, (x - place) / end, gamma)
