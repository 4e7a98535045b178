"""How many runs of the solver a shock tube takes to calibrate: a twin experiment.

    python3 shock_tube_twin.py HUGONIOT [REPEATS]

Every repeat draws other constants of Cases/calibrations/sod-tube.toml, computes what the sensors see, adds 1 % and 0.002
of normal noise, and calibrates: with all five sensors, and with the middle one alone. Prints the runs of the search, the
cost for each degree of freedom, and the largest error of a parameter in its own standard deviations.
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile

CASE = pathlib.Path(__file__).resolve().parents[2] / "Cases/calibrations/sod-tube.toml"
RANGES = {
    "gamma": (1.2, 1.7, "linear"), "diaphragm": (0.4, 0.58, "linear"), "left_density": (0.5, 2.0, "log"),
    "left_pressure": (0.5, 2.0, "log"), "right_density": (0.05, 0.5, "log"), "right_pressure": (0.05, 0.4, "log"),
}
TIMES = [round(0.02 * step, 2) for step in range(1, 21)]


def draw(generator):
    """Constants from the middle of their ranges, with a strong shock to the right."""
    truth = {}
    for name, (lower, upper, scale) in RANGES.items():
        share = generator.uniform(0.25, 0.75)
        truth[name] = lower + share * (upper - lower) if scale == "linear" else lower * (upper / lower) ** share
    return truth


def study(folder, sensors, observations, initial=None, options="budget = 1000"):
    lines = ["[model]", 'kind = "case"', f'case = "{CASE}"', "workers = 1"]
    for name, (lower, upper, scale) in RANGES.items():
        lines += [f"[parameters.{name}]", f"lower = {lower}", f"upper = {upper}", f'scale = "{scale}"']
        lines += [f"initial = {initial[name]}"] if initial else []
    rows = ["output,t,value,sigma"]
    for sensor in sensors:
        for time, value in zip(TIMES, observations[sensor]):
            rows.append(f"{sensor}.pressure,{time},{value},{(0.01 * value) ** 2 + 0.002 ** 2:.12f}")
    # The deviation is the root of the sum of squares.
    rows = rows[:1] + [row.rsplit(",", 1)[0] + f",{float(row.rsplit(',', 1)[1]) ** 0.5:.6f}" for row in rows[1:]]
    (folder / "data.csv").write_text("\n".join(rows) + "\n")
    lines += ["[[observations]]", 'file = "data.csv"', "[method]", 'name = "hybrid"', "precision = 1e-5", options]
    (folder / "study.toml").write_text("\n".join(lines) + "\n")


def calibrate(tool, folder):
    command = [tool, "calibrate", str(folder / "study.toml"), "--output", str(folder / "r.h5"), "--overwrite", "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, cwd=folder).stdout)


def exact(tool, folder, truth):
    """What the sensors see without noise, from the record of a calibration that asks for one point."""
    study(folder, "abcde", {sensor: [1.0] * len(TIMES) for sensor in "abcde"}, truth, "budget = 1")
    calibrate(tool, folder)
    first = json.loads((folder / "r.calibration/evaluations.jsonl").read_text().splitlines()[1])
    return {sensor: first["outputs"][f"{sensor}.pressure"] for sensor in "abcde"}


def main():
    tool = str(pathlib.Path(sys.argv[1]).resolve())
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    for sensors in ("abcde", "c"):
        total = 0
        for repeat in range(repeats):
            generator = random.Random(repeat)
            truth = draw(generator)
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                clean = exact(tool, folder, truth)
                noisy = {
                    sensor: [value + generator.gauss(0, 1) * ((0.01 * value) ** 2 + 0.002**2) ** 0.5 for value in values]
                    for sensor, values in clean.items()
                }
                study(folder, sensors, noisy)
                report = calibrate(tool, folder)
            freedom = len(sensors) * len(TIMES) - len(RANGES)
            deviations = (report.get("posterior") or {}).get("standard_deviation", {})
            errors = [abs(report["best"]["parameters"][key] - truth[key]) / value for key, value in deviations.items()]
            total += report["search_runs"]
            print(
                f"{len(sensors)} sensors, twin {repeat}: {report['search_runs']} runs, "
                f"χ²/ν {report['best']['value'] / freedom:.2f}, largest error {max(errors, default=float('nan')):.1f} σ; "
                f"{report['ending']}",
                flush=True,
            )
        print(f"{len(sensors)} sensors: {total / repeats:.0f} runs on average")


if __name__ == "__main__":
    main()
