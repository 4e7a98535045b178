#!/usr/bin/env python3
"""Times one training step and one prediction beside PyTorch, interleaved: A B A B.

    python3 compare.py [--driver "hugoniot bench operators --serve"] [--only fno] [--rounds 10] [--threads 2]

Makes a virtual environment with PyTorch in a temporary folder (kept with --keep), and starts the driver with the
arguments `MODEL POINTS MODES BATCH THREADS PRECISION`. The driver answers every line on its standard input with one on its
standard output: to `step` and to `predict` the seconds that it took, to `info` the number of parameters and the bytes
of activations. Sides take turns of three runs, of which the fastest counts; printed are the best turn, which is the least
disturbed one, and the median of turns.
"""
import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

CASES = [
    ("fno", 64, 12),
    ("fno", 128, 16),
    ("unet", 64, 0),
    ("vit", 64, 0),
]


def in_environment(arguments):
    """Runs this script again with an interpreter that has PyTorch."""
    folder = arguments.keep or tempfile.mkdtemp(prefix="hugoniot-torch-")
    python = os.path.join(folder, "bin", "python")
    try:
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "torch", "numpy"], check=True)
        return subprocess.run([python, __file__, *sys.argv[1:], "--inside"]).returncode
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


def peak_megabytes(pid):
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


class Ours:
    def __init__(self, driver, model, points, modes, threads, precision):
        self.child = subprocess.Popen(
            [*shlex.split(driver), model, str(points), str(modes), "8", str(threads), precision],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.parameters = int(self.ask("info").split()[0])

    def ask(self, word):
        self.child.stdin.write(word + "\n")
        self.child.stdin.flush()
        return self.child.stdout.readline()

    def step(self):
        return float(self.ask("step"))

    def predict(self):
        return float(self.ask("predict"))

    def peak(self):
        return peak_megabytes(self.child.pid)

    def close(self):
        self.child.stdin.close()
        self.child.wait()


class PyTorch:
    """The same in a process of its own, so that peaks of memory do not mix."""

    def __init__(self, model, points, modes, threads):
        self.child = subprocess.Popen(
            [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "torch_models.py"),
             model, str(points), str(modes), "8", str(threads)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.parameters = int(self.ask("info").split()[0])

    ask, step, predict, peak, close = Ours.ask, Ours.step, Ours.predict, Ours.peak, Ours.close


def compare(arguments, model, points, modes):
    sides = [
        Ours(arguments.driver, model, points, modes, arguments.threads, arguments.precision),
        PyTorch(model, points, modes, arguments.threads),
    ]
    print(f"{model} {points}² modes {modes}: parameters {sides[0].parameters} and {sides[1].parameters}")
    for what in ["step", "predict"]:
        times = [[], []]
        for side in sides:
            getattr(side, what)()
        for _ in range(arguments.rounds):
            for side, list_of_times in zip(sides, times):
                # The other side's threads spin on for a while after its turn.
                time.sleep(0.2)
                list_of_times.append(1e3 * min(getattr(side, what)() for _ in range(3)))
        best = [min(t) for t in times]
        middle = [statistics.median(t) for t in times]
        print(f"  {what:8} best {best[0]:8.1f} ms and {best[1]:8.1f} ms, ratio {best[0] / best[1]:.3f};"
              f" median {middle[0]:8.1f} and {middle[1]:8.1f}, ratio {middle[0] / middle[1]:.3f}", flush=True)
    peaks = [side.peak() for side in sides]
    print(f"  peak memory {peaks[0]:.0f} MB and {peaks[1]:.0f} MB, ratio {peaks[0] / peaks[1]:.3f}", flush=True)
    for side in sides:
        side.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", default="hugoniot bench operators --serve")
    parser.add_argument("--only")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="float32", help="of our side: float32 or bfloat16; PyTorch has Float32")
    parser.add_argument("--keep", help="folder of the virtual environment, used again if it exists")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        return in_environment(arguments)
    for model, points, modes in CASES:
        if arguments.only in (None, model):
            compare(arguments, model, points, modes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
