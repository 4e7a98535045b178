"""One function of the COCO/BBOB suite as a model that speaks the external-model protocol.

    python3 bbob_model.py FUNCTION INSTANCE DIMENSION RECORD.csv

One JSON object a line on standard input, one reply a line on standard output. At its end it appends one row to
RECORD.csv: function, instance, dimension, then for each of the targets 10^2 ... 10^-8 (51, five a decade) the number of
the evaluation that first came within it, or nothing. What is scored is therefore seen by the model, whoever calls it.

Needs `pip install coco-experiment numpy`.
"""

import csv
import json
import os
import sys
import tempfile

import cocoex
import numpy

TARGETS = 10.0 ** numpy.linspace(2, -8, 51)


def problem(function, instance, dimension):
    """A fresh problem; its evaluations count from zero."""
    options = f"dimensions: {dimension} function_indices: {function} instance_indices: {instance}"
    suite = cocoex.Suite("bbob", "", options)
    return suite, suite[0]


def least_value(function, instance, dimension):
    """The value at the optimum, which the suite writes to a file of the working folder."""
    folder = os.getcwd()
    with tempfile.TemporaryDirectory() as temporary:
        os.chdir(temporary)
        _suite, probe = problem(function, instance, dimension)
        probe._best_parameter("print")
        value = probe(numpy.loadtxt("._bbob_problem_best_parameter.txt"))
        os.chdir(folder)
    return value


def main():
    function, instance, dimension = map(int, sys.argv[1:4])
    least = least_value(function, instance, dimension)
    _suite, model = problem(function, instance, dimension)
    names = [f"x{index + 1}" for index in range(dimension)]
    evaluations, best, reached = 0, numpy.inf, [None] * len(TARGETS)
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("op") == "stop":
            break
        if request.get("op") == "describe":
            start = model.initial_solution
            parameters = [
                {"name": name, "lower": -5, "upper": 5, "initial": float(value)}
                for name, value in zip(names, start)
            ]
            reply = {"parameters": parameters, "objective": "minimize", "outputs": ["value"]}
        else:
            value = model([request["parameters"][name] for name in names])
            evaluations += 1
            best = min(best, value)
            for index, target in enumerate(TARGETS):
                if reached[index] is None and best - least <= target:
                    reached[index] = evaluations
            reply = {"id": request["id"], "value": value}
        print(json.dumps(reply), flush=True)
    # A process that was only asked to describe itself has nothing to record.
    if evaluations == 0:
        return
    with open(sys.argv[4], "a", newline="") as record:
        csv.writer(record).writerow([function, instance, dimension] + ["" if n is None else n for n in reached])


if __name__ == "__main__":
    main()
