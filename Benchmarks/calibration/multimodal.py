"""Fits with many minima: `hugoniot calibrate` beside SciPy's least squares from random starts.

    python3 Benchmarks/calibration/multimodal.py HUGONIOT [--budgets 200 500 2000] [--seeds 20] [--only NAME ...]

Twenty periodic, multi-exponential and saturating models, each with observations of known errors for every seed. A fit is
solved where its cost is not above that of a descent from the truth by more than a hundredth and a half. Both count every
evaluation of the model; SciPy's `least_squares` (trf, forward differences) starts anew from uniform points of the same unit cube
until the budget is spent.
"""

import argparse
import json
import math
import os
import subprocess
import tempfile

import numpy as np
from scipy.optimize import least_squares

# name: (formula, {parameter: (lower, upper, truth, is logarithmic)}, (first time, last time, count), sigma)
MODELS = {
    "sine": ("a*sin(w*t + p) + c",
             dict(a=(0, 5, 1.2, 0), w=(0.2, 20, 6.3, 0), p=(-3.2, 3.2, 0.7, 0), c=(-3, 3, 0.4, 0)), (0, 4, 25), 0.1),
    "damped sine": ("a*exp(-k*t)*sin(w*t + p)",
                    dict(a=(0.1, 10, 2.0, 0), k=(0.02, 10, 0.5, 1), w=(0.2, 25, 8.0, 0), p=(-3.2, 3.2, -0.5, 0)),
                    (0, 4, 30), 0.1),
    "two sines": ("a*sin(w*t) + b*sin(v*t)",
                  dict(a=(0, 4, 1.5, 0), w=(0.2, 15, 3.1, 0), b=(0, 4, 0.8, 0), v=(0.2, 15, 9.4, 0)), (0, 4, 30), 0.1),
    "chirp": ("a*sin(w*t + q*t*t)",
              dict(a=(0, 4, 1.1, 0), w=(0.2, 12, 3.0, 0), q=(-3, 3, 0.9, 0)), (0, 4, 35), 0.1),
    "sine and trend": ("a*sin(w*t + p) + b*t + c",
                       dict(a=(0, 5, 0.9, 0), w=(0.2, 15, 5.0, 0), p=(-3.2, 3.2, 1.5, 0), b=(-2, 2, 0.3, 0),
                            c=(-3, 3, -0.5, 0)), (0, 5, 30), 0.1),
    "squared cosine and decay": ("a*cos(w*t)^2 + b*exp(-k*t)",
                                 dict(a=(0, 4, 1.0, 0), w=(0.2, 12, 4.2, 0), b=(0.1, 8, 2.0, 0), k=(0.05, 10, 0.8, 1)),
                                 (0, 4, 30), 0.08),
    "modulated sine": ("a*(1 + b*sin(v*t))*sin(w*t)",
                       dict(a=(0.1, 4, 1.3, 0), b=(0, 1, 0.6, 0), v=(0.1, 5, 1.4, 0), w=(1, 20, 9.0, 0)), (0, 5, 45), 0.1),
    "two exponentials": ("a*exp(-k*t) + b*exp(-l*t)",
                         dict(a=(0.1, 10, 3.0, 0), k=(0.01, 20, 3.0, 1), b=(0.1, 10, 1.2, 0), l=(0.01, 20, 0.3, 1)),
                         (0, 5, 25), 0.03),
    "two exponentials and offset": ("a*exp(-k*t) + b*exp(-l*t) + c",
                                    dict(a=(-10, 10, 4.0, 0), k=(0.01, 20, 2.5, 1), b=(-10, 10, -2.0, 0),
                                         l=(0.01, 20, 0.5, 1), c=(-2, 2, 0.5, 0)), (0, 6, 30), 0.03),
    "rise and fall": ("a*(exp(-k*t) - exp(-l*t))",
                      dict(a=(0.1, 20, 3.0, 0), k=(0.01, 10, 0.4, 1), l=(0.01, 50, 2.2, 1)), (0.1, 8, 25), 0.05),
    "three exponentials": ("a*exp(-k*t) + b*exp(-l*t) + c*exp(-m*t)",
                           dict(a=(0.1, 10, 3.0, 0), k=(0.01, 50, 8.0, 1), b=(0.1, 10, 2.0, 0), l=(0.01, 50, 1.2, 1),
                                c=(0.1, 10, 1.0, 0), m=(0.01, 50, 0.15, 1)), (0, 8, 40), 0.02),
    "stretched exponential": ("a*exp(-(k*t)^b) + c",
                              dict(a=(0.1, 10, 2.0, 0), k=(0.01, 20, 0.9, 1), b=(0.2, 4, 2.2, 0), c=(-2, 2, 0.3, 0)),
                              (0.05, 4, 25), 0.05),
    "logistic": ("a/(1 + exp(-k*(t - m)))",
                 dict(a=(0.1, 20, 4.0, 0), k=(0.05, 50, 3.5, 1), m=(0, 10, 6.4, 0)), (0, 10, 25), 0.1),
    "saturation and sine": ("a*t/(b + t) + c*sin(w*t + p)",
                            dict(a=(0.1, 20, 5.0, 1), b=(0.05, 50, 2.0, 1), c=(0, 3, 0.5, 0), w=(0.2, 14, 5.5, 0),
                                 p=(-3.2, 3.2, -1.0, 0)), (0.1, 6, 30), 0.1),
    "Hill": ("a*t^n/(b^n + t^n) + c",
             dict(a=(0.1, 20, 3.0, 0), b=(0.1, 20, 4.0, 1), n=(0.5, 12, 5.0, 0), c=(-3, 3, 0.5, 0)), (0.1, 10, 25), 0.08),
    "two logistics": ("a/(1 + exp(-k*(t - m))) + b/(1 + exp(-l*(t - n)))",
                      dict(a=(0.1, 8, 2.0, 0), k=(0.3, 30, 4.0, 1), m=(0, 10, 2.5, 0), b=(0.1, 8, 3.0, 0),
                           l=(0.3, 30, 2.0, 1), n=(0, 10, 7.0, 0)), (0, 10, 40), 0.08),
    "inhibition": ("a*t/(b + t + t*t/c)",
                   dict(a=(0.1, 50, 6.0, 1), b=(0.05, 50, 1.5, 1), c=(0.05, 50, 2.5, 1)), (0.1, 12, 25), 0.05),
    "two saturations": ("a*t/(b + t) + c*t/(d + t)",
                        dict(a=(0.1, 20, 3.0, 0), b=(0.01, 100, 0.2, 1), c=(0.1, 20, 6.0, 0), d=(0.01, 100, 15.0, 1)),
                        (0.05, 30, 30), 0.05),
    "Gompertz": ("a*exp(-b*exp(-c*t))",
                 dict(a=(0.1, 20, 5.0, 0), b=(0.1, 500, 30.0, 1), c=(0.02, 10, 0.8, 1)), (0, 10, 25), 0.08),
    "step response": ("a*(1 - exp(-k*t)*(cos(w*t) + b*sin(w*t)))",
                      dict(a=(0.1, 8, 2.0, 0), k=(0.02, 8, 0.5, 1), w=(0.2, 20, 6.0, 0), b=(-2, 2, 0.1, 0)), (0, 6, 35), 0.08),
}


class Problem:
    def __init__(self, name, seed):
        self.formula, self.parameters, (first, last, count), self.sigma = MODELS[name]
        self.t = np.linspace(first, last, count)
        self.code = compile(self.formula.replace("^", "**"), name, "eval")
        self.truth = np.array([p[2] for p in self.parameters.values()])
        random = np.random.default_rng([seed, sum(map(ord, name))])
        self.y = self.model(self.truth) + self.sigma * random.standard_normal(count)

    def model(self, values):
        names = dict(zip(self.parameters, values), t=self.t, exp=np.exp, sin=np.sin, cos=np.cos)
        with np.errstate(all="ignore"):
            return eval(self.code, {"__builtins__": {}}, names)

    def values(self, u):
        return np.array([low * (high / low) ** x if is_log else low + x * (high - low)
                         for x, (low, high, _, is_log) in zip(u, self.parameters.values())])

    def unit(self, values):
        return np.array([math.log(v / low) / math.log(high / low) if is_log else (v - low) / (high - low)
                         for v, (low, high, _, is_log) in zip(values, self.parameters.values())])

    def residuals(self, u):
        r = (self.model(self.values(u)) - self.y) / self.sigma
        return np.where(np.isfinite(r), r, 1e6)

    def reference(self):
        found = least_squares(self.residuals, self.unit(self.truth), bounds=(0, 1), xtol=1e-12, ftol=1e-12)
        return 2 * found.cost


def scipy_multistart(problem, budget, seed):
    random = np.random.default_rng([seed, 99])
    best, count = math.inf, 0

    class Spent(Exception):
        pass

    def residuals(u):
        nonlocal best, count
        if count >= budget:
            raise Spent
        count += 1
        r = problem.residuals(u)
        best = min(best, float(r @ r))
        return r

    try:
        while True:
            least_squares(residuals, random.uniform(1e-3, 1 - 1e-3, len(problem.truth)), bounds=(0, 1))
    except Spent:
        return best, count


def hugoniot(tool, problem, budget, seed, folder):
    lines = ["t,value"] + [f"{t!r},{y!r}" for t, y in zip(problem.t.tolist(), problem.y.tolist())]
    with open(os.path.join(folder, "seen.csv"), "w") as file:
        file.write("\n".join(lines) + "\n")
    text = f'[model]\nkind = "expression"\noutputs = {{ y = "{problem.formula}" }}\n'
    for name, (low, high, _, is_log) in problem.parameters.items():
        text += f"[parameters.{name}]\nlower = {float(low)}\nupper = {float(high)}\n"
        text += 'scale = "log"\n' if is_log else ""
    text += f'[[observations]]\nfile = "seen.csv"\noutput = "y"\nsigma = {problem.sigma}\n'
    text += f'[method]\nname = "hybrid"\nbudget = {budget}\nseed = {seed}\n'
    path = os.path.join(folder, "fit.toml")
    with open(path, "w") as file:
        file.write(text)
    done = subprocess.run(
        [tool, "calibrate", path, "--output", os.path.join(folder, "fit.h5"), "--overwrite", "--json", "--quiet"],
        capture_output=True, text=True, env=dict(os.environ, HUGONIOT_REGISTRY=os.path.join(folder, "runs")))
    report = json.loads(done.stdout)
    return report["best"]["value"], report["search_runs"]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("tool")
    arguments.add_argument("--budgets", type=int, nargs="+", default=[200, 500, 2000])
    arguments.add_argument("--seeds", type=int, default=20)
    arguments.add_argument("--only", nargs="+")
    given = arguments.parse_args()
    names = given.only or list(MODELS)
    total = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for budget in given.budgets:
                solved, runs = {"hybrid": 0, "scipy": 0}, {"hybrid": 0, "scipy": 0}
                for seed in range(1, given.seeds + 1):
                    problem = Problem(name, seed)
                    limit = 1.01 * problem.reference() + 0.5
                    for who, (cost, count) in (
                            ("hybrid", hugoniot(given.tool, problem, budget, seed, folder)),
                            ("scipy", scipy_multistart(problem, budget, seed))):
                        solved[who] += cost <= limit
                        runs[who] += count
                print(f"{name:28} {budget:5}  hybrid {solved['hybrid']:3} scipy {solved['scipy']:3} of {given.seeds}"
                      f"   evaluations of hybrid {runs['hybrid'] / given.seeds:.0f}", flush=True)
                for who in solved:
                    total[who, budget] = total.get((who, budget), 0) + solved[who]
    for budget in given.budgets:
        print(f"all, budget {budget}: hybrid {total['hybrid', budget]}, scipy {total['scipy', budget]} "
              f"of {len(names) * given.seeds}")


if __name__ == "__main__":
    main()
