#!/bin/bash
# Trains on the small Darcy data of the neuraloperator package with three seeds, and scores at 16² and 32².
#
#     Benchmarks/operators/darcy.sh [FOLDER]      # about ten minutes; the folder keeps data and models
#
# HUGONIOT names the program (default: .build/release/hugoniot), SEEDS the seeds.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
program=${HUGONIOT:-$root/.build/release/hugoniot}
folder=${1:-$(mktemp -d)}
mkdir -p "$folder" && cd "$folder"

if [ ! -d data ]; then
    python3 -m pip download --quiet --no-deps neuraloperator==0.3.0
    python3 -m zipfile -e neuraloperator-0.3.0-py3-none-any.whl wheel
    mv wheel/neuralop/datasets/data data
fi
[ -f darcy.h5 ] || "$program" import torch data/darcy_train_16.pt data/darcy_test_16.pt --output darcy.h5 --quiet
[ -f darcy-32.h5 ] || "$program" import torch data/darcy_test_32.pt --output darcy-32.h5 --quiet

for seed in ${SEEDS:-1 2 3}; do
    model=darcy-fno-$seed.safetensors
    [ -f "$model" ] || "$program" train "$root/Cases/trainings/darcy-fno.toml" --data darcy.h5 --seed "$seed" --output "$model"
    for dataset in darcy.h5 darcy-32.h5; do
        "$program" score "$model" "$dataset" --split test --no-baselines --json > "score-$seed-$dataset.json"
    done
done

python3 - <<'PYTHON'
import glob, json, re

def relative(file):
    score = json.load(open(file))["scores"][0]
    return score["relativeL2"]

for dataset in ("darcy.h5", "darcy-32.h5"):
    values = [relative(file) for file in sorted(glob.glob(f"score-*-{dataset}.json"))]
    print(dataset, "relative L2", " ".join(f"{value:.4f}" for value in values), f"mean {sum(values) / len(values):.4f}")
PYTHON
