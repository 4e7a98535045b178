"""Shares of (function, instance, target) reached after 10 d, 100 d and 1000 d evaluations.

    python3 bbob_score.py RECORD.csv

reads what bbob_model.py has recorded and prints one row a function and one over all.
"""

import collections
import csv
import sys


def main():
    rows = collections.defaultdict(list)
    with open(sys.argv[1], newline="") as record:
        for row in csv.reader(record):
            function, _instance, dimension = map(int, row[:3])
            counts = [int(cell) if cell else float("inf") for cell in row[3:]]
            shares = [sum(n <= factor * dimension for n in counts) / len(counts) for factor in (10, 100, 1000)]
            rows[dimension, function].append(shares)
    for dimension in sorted({key[0] for key in rows}):
        means = []
        for function in sorted(key[1] for key in rows if key[0] == dimension):
            runs = rows[dimension, function]
            mean = [sum(column) / len(runs) for column in zip(*runs)]
            means.append(mean)
            print(f"{dimension}-D  f{function:<3} " + "  ".join(f"{share:.2f}" for share in mean))
        total = [sum(column) / len(means) for column in zip(*means)]
        print(f"{dimension}-D  all  " + "  ".join(f"{share:.3f}" for share in total))


if __name__ == "__main__":
    main()
