"""Error against processor time on one thread: the tool beside Clawpack (PyPI: clawpack, Ketcheson et al. 2012,
doi:10.1137/110856976), in one go on one machine.

    pip install clawpack h5py matplotlib numpy
    python3 frontier.py [--output frontier.svg] [--cells 50 100 200 400]

The problem is Toro's explosion (2009, doi:10.1007/b79761, section 17.1) on [-1, 1]², t = 0.25. What is right comes from neither
program: the same flow along the radius, by a second-order scheme on 8000 cells that is written here.
"""
import argparse
import os
import subprocess
import sys

import numpy as np

GAMMA, END, TARGET = 1.4, 0.25, 0.014
SCHEMES = {
    "igr": "",
    "igr, mix": 'limiter = "mix"',
    "igr, mix, float32": 'limiter = "mix"',
    "weno-hllc": 'scheme = "weno-hllc"',
}


def radial(cells=8000, length=1.5):
    """Density along the radius: MUSCL in primitive variables, HLLC, Heun, with the source of the cylinder's geometry."""
    dr = length / cells
    r = (np.arange(cells) + 0.5) * dr
    w = np.where(r < 0.4, np.array([[1.0], [0.0], [1.0]]), np.array([[0.125], [0.0], [0.1]]))

    def conserved(w):
        return np.array([w[0], w[0] * w[1], w[2] / (GAMMA - 1) + 0.5 * w[0] * w[1] ** 2])

    def primitive(q):
        u = q[1] / q[0]
        return np.array([q[0], u, (GAMMA - 1) * (q[2] - 0.5 * q[0] * u * u)])

    def flux(left, right):
        def side(w):
            return conserved(w), np.array([w[0] * w[1], w[0] * w[1] ** 2 + w[2],
                                           w[1] * (w[2] * GAMMA / (GAMMA - 1) + 0.5 * w[0] * w[1] ** 2)])
        (ql, fl), (qr, fr) = side(left), side(right)
        cl, cr = np.sqrt(GAMMA * left[2] / left[0]), np.sqrt(GAMMA * right[2] / right[0])
        sl, sr = np.minimum(left[1] - cl, right[1] - cr), np.maximum(left[1] + cl, right[1] + cr)
        ml, mr = left[0] * (sl - left[1]), right[0] * (sr - right[1])
        s = (right[2] - left[2] + ml * left[1] - mr * right[1]) / (ml - mr)

        def star(w, q, f, m, outer):
            density = m / (outer - s)
            energy = ((outer - w[1]) * q[2] - w[2] * w[1] + (w[2] + m * (s - w[1])) * s) / (outer - s)
            return f + outer * (np.array([density, density * s, energy]) - q)
        middle = np.where(s > 0, star(left, ql, fl, ml, sl), star(right, qr, fr, mr, sr))
        return np.where(sl > 0, fl, np.where(sr < 0, fr, middle))

    def rate(q):
        w = primitive(q)
        mirror = np.array([[1], [-1], [1]])
        padded = np.concatenate([mirror * w[:, 1::-1], w, w[:, -1:], w[:, -1:]], axis=1)
        a, b = padded[:, 1:-1] - padded[:, :-2], padded[:, 2:] - padded[:, 1:-1]
        slope = np.where(a * b > 0, 2 * a * b / np.where(a * b > 0, a + b, 1), 0)
        mid = padded[:, 1:-1]
        f = flux((mid + 0.5 * slope)[:, :-1], (mid - 0.5 * slope)[:, 1:])
        source = -np.array([q[1], q[1] * w[1], w[1] * (q[2] + w[2])]) / r
        return -(f[:, 1:] - f[:, :-1]) / dr + source, w

    q, time = conserved(w), 0.0
    while time < END:
        first, w = rate(q)
        dt = min(0.4 * dr / (np.abs(w[1]) + np.sqrt(GAMMA * w[2] / w[0])).max(), END - time)
        half = q + dt * first
        q = 0.5 * (q + half + dt * rate(half)[0])
        time += dt
    return r, q[0]


def clawpack(cells):
    """Run in a process of its own: density (x first) and its processor time."""
    code = f"""
import resource, sys, logging
import numpy as np
from clawpack import pyclaw, riemann
logging.disable(logging.CRITICAL)
n = {cells}
solver = pyclaw.ClawSolver2D(riemann.euler_4wave_2D)
solver.all_bcs = pyclaw.BC.extrap
solver.limiters = pyclaw.limiters.tvd.MC
solver.cfl_desired, solver.cfl_max = 0.9, 1.0
axis = lambda name: pyclaw.Dimension(-1.0, 1.0, n, name=name)
domain = pyclaw.Domain([axis('x'), axis('y')])
state = pyclaw.State(domain, 4)
state.problem_data['gamma'] = {GAMMA}
state.problem_data['efix'] = False
x, y = state.grid.p_centers
inside = x * x + y * y < 0.16
state.q[0] = np.where(inside, 1.0, 0.125)
state.q[1] = state.q[2] = 0.0
state.q[3] = np.where(inside, 1.0, 0.1) / ({GAMMA} - 1)
control = pyclaw.Controller()
control.solution = pyclaw.Solution(state, domain)
control.solver, control.tfinal, control.num_output_times = solver, {END}, 1
control.output_format, control.keep_copy, control.verbosity = None, True, 0
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
control.run()
seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
np.save(sys.argv[1], control.frames[-1].q[0]); print(seconds)
"""
    path = f"/tmp/clawpack-{os.getpid()}.npy"
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True,
                          env=os.environ | {"OMP_NUM_THREADS": "1"}, check=True)
    density = np.load(path)
    os.remove(path)
    return density, float(done.stdout.split()[-1])


def hugoniot(cells, keys, storage):
    from problems import case
    from tool import run
    initial = ("[initial]\ndensity = 0.125\npressure = 0.1\n[[initial.region]]\nwhere = \"x*x + y*y < 0.16\"\n"
               "density = 1.0\npressure = 1.0\n")
    fields, seconds = run(case(([cells] * 2, [-1] * 2, [1] * 2), initial, END, ["outflow"] * 2, storage=storage,
                               numerics=keys))
    return fields["density"].T, seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--output")
    parser.add_argument("--cells", type=int, nargs="*", default=[50, 100, 200, 400])
    options = parser.parse_args()
    radius, exact = radial()
    runs = {"Clawpack classic": clawpack} | {
        name: (lambda cells, name=name, keys=keys: hugoniot(cells, keys, "float32" if "float32" in name else "float64"))
        for name, keys in SCHEMES.items()}
    found = {}
    print("| program | cells | mean error of density / mean | seconds |\n| --- | --- | --- | --- |")
    for name, compute in runs.items():
        found[name] = []
        for cells in options.cells:
            density, seconds = compute(cells)
            x = -1 + (np.arange(cells) + 0.5) * 2 / cells
            right = np.interp(np.hypot(*np.meshgrid(x, x, indexing="ij")), radius, exact)
            error = np.abs(density - right).mean() / right.mean()
            found[name].append((error, seconds))
            print(f"| {name} | {cells}² | {error:.4f} | {seconds:.2f} |", flush=True)
    for name, points in found.items():
        error, seconds = np.log(np.array(points)).T
        print(f"{name}: {np.exp(np.interp(-np.log(TARGET), -error, seconds)):.2f} s to an error of {TARGET:.1%}")
    if options.output:
        import matplotlib
        matplotlib.use("Agg")
        from matplotlib import pyplot
        for name, points in found.items():
            pyplot.loglog(*np.array(points).T[::-1], "o-", label=name)
        pyplot.xlabel("processor time, one thread / s")
        pyplot.ylabel("mean error of density over its mean")
        pyplot.legend()
        pyplot.savefig(options.output)


if __name__ == "__main__":
    main()
