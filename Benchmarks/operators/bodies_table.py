#!/usr/bin/env python3
"""Trains models on a dataset with the signed distance, and with the mask, and scores them on every test split.

    python3 bodies_table.py TOOL DATASET FOLDER [--epochs 60] [--only unet] [--precision bfloat16]

Prints a table in Markdown; models, training files and scores stay in FOLDER, and what is there is not made again.
"""
import argparse
import json
import os
import subprocess

MODELS = {
    "fno": 'kind = "fno"\nmodes = [16, 16]\nwidth = 32\nlayers = 4',
    "geometric-deeponet": 'kind = "geometric-deeponet"\nwidth = 64\nlayers = 4\nbasis = 64',
    "unet": 'kind = "unet"\nwidth = 16\nlevels = 4',
    "window-transformer": 'kind = "window-transformer"\npatch = 4\nwindow = 8\nwidth = 32\nlevels = 3',
}
INPUTS = {"sdf": ["sdf", "mach"], "mask": ["mask", "mach"]}
RATES = {"fno": 2e-3, "geometric-deeponet": 1e-3, "unet": 1e-3, "window-transformer": 1e-3}


def training(model, inputs, dataset, options):
    return f"""[data]
file = "{os.path.abspath(dataset)}"
inputs = {json.dumps(INPUTS[inputs])}

[model]
{MODELS[model]}

[training]
epochs = {options.epochs}
batch = 4
optimiser = {{ kind = "adamw", weight_decay = 1e-4 }}
learning_rate = {RATES[model]}
schedule = {{ kind = "cosine", warm_up = 2 }}
clip = 1.0
mirrors = ["y"]
precision = "{options.precision}"
seed = 1
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    parser.add_argument("dataset")
    parser.add_argument("folder")
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--only")
    parser.add_argument("--precision", default="float32")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    print("| model | input | split | M1 | M2 | M3 | relative L2 | drag error | force error | ms |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for model in MODELS:
        if options.only not in (None, model):
            continue
        for inputs in INPUTS:
            base = os.path.join(options.folder, f"{model}-{inputs}")
            if not os.path.exists(base + ".safetensors"):
                with open(base + ".toml", "w") as file:
                    file.write(training(model, inputs, options.dataset, options))
                subprocess.run([options.tool, "train", base + ".toml", "--output", base + ".safetensors", "--resume",
                                "--quiet"], check=True)
            if not os.path.exists(base + ".json"):
                text = subprocess.run([options.tool, "score", base + ".safetensors", options.dataset, "--json", "--quiet"],
                                      check=True, capture_output=True, text=True).stdout
                with open(base + ".json", "w") as file:
                    file.write(text)
            with open(base + ".json") as file:
                report = json.load(file)
            number = lambda value: "–" if value is None else f"{value:.1f}"
            percent = lambda value: "–" if value is None else f"{100 * value:.1f} %"
            for score in report["scores"]:
                if not score["name"].startswith(model):
                    continue
                print(f"| {model} | {inputs} | {score['split']} ({score['samples']}) | {number(score['global'])} | "
                      f"{number(score.get('boundary'))} | {number(score.get('physics'))} | {score['relativeL2']:.3f} | "
                      f"{percent(score.get('dragError'))} | {percent(score.get('forceError'))} | "
                      f"{1e3 * report['latency']['median']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
