"""The fault campaign: kills, failing operations and mutated inputs against every verb that writes or reads files.

    campaign.py TOOL [--kills N] [--operations N] [--mutations N] [--minutes M] [--seed S] [--only WORD] [--keep FOLDER]

A trial is a fault where the tool ends by a signal or a trap, takes longer than 20 s or more than 4 GB, ends with exit
code 0 and other data than without the trial, damages a file that was there before, or leaves what cannot be gone on
from. The numbers of trials and faults are printed as JSON, every fault with what repeats it; the exit code is 1 where
there is one. Data are compared through h5py where Python has it, else byte by byte where files are reproducible.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import fixtures

try:
    import h5py
    import numpy
except ImportError:
    h5py = None

HERE = os.path.dirname(os.path.abspath(__file__))
LONGEST, LARGEST = 20, 4 << 30
OLD = b"what was here before\n"

# Verbs that write: arguments, the file, whether --resume goes on.
WRITERS = {
    "run": (["run", "case.toml", "-o", "out.h5"], "out.h5", True),
    "sweep": (["sweep", "sweep.toml", "-o", "out.h5"], "out.h5", True),
    "train": (["train", "training.toml", "-o", "out.safetensors"], "out.safetensors", True),
    "calibrate": (["calibrate", "calibration.toml", "-o", "out.h5"], "out.h5", True),
    "geometry": (["geometry", "shape.toml", "--grid", "24x24", "-o", "out.h5"], "out.h5", False),
    "import": (["import", "npz", "pairs.npz", "-o", "out.h5"], "out.h5", False),
    "import packed": (["import", "npz", "pairs.npz", "-o", "out.h5", "--compression", "4"], "out.h5", False),
    "predict": (["predict", "model.safetensors", "data.h5", "--split", "train", "-o", "out.h5"], "out.h5", False),
    "export": (["export", "model.safetensors", "-o", "out.onnx"], "out.onnx", False),
}

# Files that are read, and what reads them; {} is the mutated file.
READERS = {
    "run.h5": [["info", "{}"], ["plot", "{}", "-o", "p.png"], ["run", "case.toml", "-o", "{}", "--resume"]],
    "run.tmp": [["run", "case.toml", "-o", "m.h5", "--resume"]],
    "run.checkpoint": [["run", "case.toml", "-o", "m.h5", "--resume"]],
    "data.h5": [["info", "{}"], ["plot", "{}", "-o", "p.png"], ["predict", "model.safetensors", "{}", "--split", "train", "-o", "p.h5"],
                ["score", "model.safetensors", "{}", "--split", "train"], ["train", "training.toml", "--dataset", "{}", "--epochs", "1", "-o", "t.safetensors"]],
    "predictions.h5": [["info", "{}"], ["score", "{}", "data.h5", "--split", "train"]],
    "calibration.h5": [["info", "{}"], ["plot", "{}", "-o", "p.png"]],
    "shape.h5": [["info", "{}"], ["plot", "{}", "-o", "p.png"], ["geometry", "{}", "--grid", "16x16", "-o", "g.h5"]],
    "model.safetensors": [["info", "{}"], ["predict", "{}", "data.h5", "--split", "train", "-o", "p.h5"]],
    "pairs.npz": [["import", "npz", "{}", "-o", "i.h5"]],
    "pairs.pt": [["import", "torch", "{}", "-o", "i.h5"]],
}


class Campaign:
    def __init__(self, tool, folder, seed):
        self.tool, self.folder = tool, folder
        self.random = random.Random(seed)
        self.counts, self.faults = {}, []
        self.source = os.path.join(folder, "source")
        self.place = os.path.join(folder, "place")
        self.state = os.path.join(folder, "state")
        self.shim = os.path.join(folder, "faults.so")
        os.makedirs(self.source)
        compiler = os.environ.get("CC") or shutil.which("cc") or "clang"
        subprocess.run([compiler, "-O1", "-shared", "-fPIC", os.path.join(HERE, "faults.c"), "-o", self.shim, "-ldl"], check=True)
        self.prepare()

    # Processes

    def start(self, arguments, fault=None):
        environment = dict(os.environ, HUGONIOT_HOME=os.path.join(self.place, "home"))
        if fault is not None:
            with open(self.state, "wb") as file:
                file.write(bytes(16))
            environment.update(
                LD_PRELOAD=self.shim, FAULT_FOLDER=self.place, FAULT_STATE=self.state, FAULT_AT=str(fault[0]),
                FAULT_KIND=fault[1], FAULT_LASTS=str(int(fault[2])))
        return subprocess.Popen(
            [self.tool] + arguments, cwd=self.place, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))

    def finish(self, process, expected=()):
        """What came of a process: exit code, output, and why it is a fault, where it is one."""
        problem = None
        try:
            output, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            problem = f"took longer than {LONGEST} s"
        text = output.decode(errors="replace")
        code = process.returncode
        if problem is None and code < 0 and -code not in expected:
            problem = f"ended by signal {-code}"
        if problem is None and "infinite loop closing library" in text:
            problem = "HDF5 could not be closed"
        return code, text, problem

    def run(self, arguments, fault=None, expected=()):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        result = self.finish(self.start(arguments, fault), expected)
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        if after > before and after * 1024 > LARGEST and result[2] is None:
            return result[0], result[1], f"took {after >> 20} GB"
        return result

    def operations(self):
        with open(self.state, "rb") as file:
            return int.from_bytes(file.read(8), "little")

    # Files

    def path(self, name):
        return os.path.join(self.place, name)

    def clear(self):
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.source, self.place)

    def prepare(self):
        """Inputs of all verbs, made by the tool itself, and what each verb writes when nothing goes wrong."""
        fixtures.write_inputs(self.source)
        self.clear()
        for arguments in (
            ["run", "case.toml", "-o", "run.h5"], ["sweep", "sweep.toml", "-o", "data.h5"],
            ["train", "training.toml", "-o", "model.safetensors"], ["calibrate", "calibration.toml", "-o", "calibration.h5"],
            ["geometry", "shape.toml", "--grid", "24x24", "-o", "shape.h5"],
            ["predict", "model.safetensors", "data.h5", "--split", "train", "-o", "predictions.h5"]):
            code, text, problem = self.run(arguments)
            if code != 0 or problem is not None:
                sys.exit(f"{' '.join(arguments)} fails without any fault: {problem} {text}")
        for name in ("run.h5", "data.h5", "model.safetensors", "calibration.h5", "shape.h5", "predictions.h5"):
            shutil.copy(self.path(name), self.source)
        self.stop_run()
        self.reference, self.lengths = {}, {}
        for verb, (arguments, output, _) in WRITERS.items():
            self.clear()
            started = time.monotonic()
            code, text, problem = self.run(arguments, (0, "kill", False))
            if code != 0 or problem is not None:
                sys.exit(f"{verb} fails without any fault: {problem} {text}")
            self.lengths[verb] = (self.operations(), time.monotonic() - started)
            self.reference[verb] = self.content(self.path(output))

    def stop_run(self):
        """An unfinished run with its checkpoint."""
        self.clear()
        self.run(["run", "case.toml", "-o", "m.h5"], (0, "kill", False))
        total = self.operations()
        for number in range(6 * total // 10, 0, -1):
            self.clear()
            self.run(["run", "case.toml", "-o", "m.h5"], (number, "kill", False), expected=(9,))
            if os.path.exists(self.path("m.h5.tmp")) and os.path.exists(self.path("m.checkpoint")):
                break
        shutil.copy(self.path("m.h5.tmp"), os.path.join(self.source, "run.tmp"))
        shutil.copy(self.path("m.checkpoint"), os.path.join(self.source, "run.checkpoint"))

    def content(self, path):
        """What a file holds, without what no two runs share; None where it cannot be read."""
        if not os.path.exists(path):
            return None
        with open(path, "rb") as file:
            raw = file.read()
        if not path.endswith(".h5"):
            return raw
        if h5py is None:
            return len(raw)
        found = {}
        try:
            with h5py.File(path, "r") as file:
                def take(name, item):
                    if isinstance(item, h5py.Dataset) and "seconds" not in name:
                        found[name] = (item.shape, item[()].tobytes() if item.dtype.kind != "O" else str(item[()]))
                file.visititems(take)
                found["status"] = str(file.attrs.get("status"))
        except Exception as error:  # whatever makes it unreadable
            return f"unreadable: {error}"
        return found

    # Trials

    def count(self, kind, what):
        self.counts.setdefault(kind, {}).setdefault(what, 0)
        self.counts[kind][what] += 1

    def fault(self, kind, what, problem, text=""):
        self.faults.append({"kind": kind, "trial": what, "problem": problem, "said": text[-400:]})
        print(f"FAULT {kind}: {what}: {problem}: {text.strip()[-200:]}", file=sys.stderr, flush=True)

    def judge(self, kind, verb, what, code, text, problem):
        """What a writer left, and whether it can be gone on from."""
        arguments, output, resumes = WRITERS[verb]
        path = self.path(output)
        if problem is not None:
            return self.fault(kind, what, problem, text)
        if code == 0 and not self.is_right(verb, path):
            return self.fault(kind, what, "exit code 0 with wrong data", text)
        if code > 0 and not text.strip():
            return self.fault(kind, what, f"exit code {code} without a word")
        if os.path.exists(path) and not self.is_right(verb, path) and not self.is_old(path):
            return self.fault(kind, what, "an output that is not whole has the final name", text)
        again = ["--resume"] if resumes else ["--overwrite"]
        code, text, problem = self.run(arguments + again)
        if problem is not None or code != 0:
            return self.fault(kind, what + ", then " + again[0], problem or f"exit code {code}", text)
        if not self.is_right(verb, path):
            return self.fault(kind, what + ", then " + again[0], "wrong data", text)

    def is_right(self, verb, path):
        found = self.content(path)
        if verb == "train":
            # The weights follow the JSON head, which tells how long each epoch took.
            head = lambda raw: 8 + int.from_bytes(raw[:8], "little")
            reference = self.reference[verb]
            return found is not None and found[head(found):] == reference[head(reference):]
        return found == self.reference[verb]

    def is_old(self, path):
        with open(path, "rb") as file:
            return file.read() == OLD

    def kill(self):
        """One kill at a random time."""
        verb = self.random.choice(list(WRITERS))
        arguments, output, _ = WRITERS[verb]
        delay = self.random.uniform(0, 1.1 * self.lengths[verb][1])
        self.clear()
        process = self.start(arguments)
        time.sleep(delay)
        process.kill()
        code, text, problem = self.finish(process, expected=(9,))
        self.settle()
        self.count("kills", verb)
        if code < 0 and problem is None:
            code, text = -1, "killed"
        self.judge("kills", verb, f"{verb} killed after {delay:.3f} s", code, text, problem)

    def operation(self):
        """One operation that fails, is cut short, or is the last."""
        verb = self.random.choice(list(WRITERS))
        arguments, output, resumes = WRITERS[verb]
        kind = self.random.choice(["ENOSPC", "EIO", "short", "kill", "after", "torn"])
        number = self.random.randint(1, max(1, self.lengths[verb][0]))
        lasts = kind in ("ENOSPC", "EIO") and self.random.random() < 0.3
        self.clear()
        replaces = not resumes and self.random.random() < 0.5
        if replaces:
            with open(self.path(output), "wb") as file:
                file.write(OLD)
        code, text, problem = self.run(
            arguments + (["--overwrite"] if replaces else []), (number, kind, lasts), expected=(9,))
        self.settle()
        self.count("operations", f"{verb} {kind}")
        if code < 0 and problem is None:
            code, text = -1, "killed"
        what = f"{verb}: operation {number} {kind}{' and all later' if lasts else ''}"
        self.judge("operations", verb, what, code, text, problem)

    def settle(self):
        """Workers of a killed sweep notice by themselves; their files are waited for."""
        for _ in range(100):
            if not any(self.place in link for link in open_files()):
                return
            time.sleep(0.02)

    def mutation(self):
        """One file that is not what it was."""
        name = self.random.choice(list(READERS))
        arguments = self.random.choice(READERS[name])
        with open(os.path.join(self.source, name), "rb") as file:
            data = bytearray(file.read())
        how = mutate(data, self.random)
        self.clear()
        mutated = {"run.tmp": "m.h5.tmp", "run.checkpoint": "m.checkpoint"}.get(name, "m" + os.path.splitext(name)[1])
        for other, target in (("run.tmp", "m.h5.tmp"), ("run.checkpoint", "m.checkpoint")):
            if name in ("run.tmp", "run.checkpoint"):
                shutil.copy(os.path.join(self.source, other), self.path(target))
        with open(self.path(mutated), "wb") as file:
            file.write(data)
        call = [mutated if word == "{}" else word for word in arguments]
        code, text, problem = self.run(call)
        self.count("mutations", f"{name} {arguments[0]}")
        if problem is None and code > 0 and not text.strip():
            problem = f"exit code {code} without a word"
        if problem is not None:
            kept = os.path.join(self.folder, f"fault-{len(self.faults)}-{mutated}")
            with open(kept, "wb") as file:
                file.write(data)
            self.fault("mutations", f"{' '.join(call)} with {how}: {kept}", problem, text)


def open_files():
    """Where the open files of all processes of this user lead."""
    for process in os.listdir("/proc"):
        if not process.isdigit():
            continue
        try:
            for descriptor in os.listdir(f"/proc/{process}/fd"):
                yield os.readlink(f"/proc/{process}/fd/{descriptor}")
        except OSError:
            continue


def mutate(data, random):
    """Changes some bytes; returns how."""
    size = len(data)
    how = random.choice(["bits", "bytes", "zeros", "ones", "copy", "cut", "heap", "numbers", "head"])
    place = random.randrange(size)
    length = min(random.choice([1, 8, 64, 512, 4096]), size - place)
    if how == "bits":
        for _ in range(random.choice([1, 1, 4, 32])):
            data[random.randrange(size)] ^= 1 << random.randrange(8)
    elif how == "bytes":
        for _ in range(random.choice([1, 4, 32])):
            data[random.randrange(size)] = random.randrange(256)
    elif how in ("zeros", "ones"):
        data[place:place + length] = (b"\0" if how == "zeros" else b"\xff") * length
    elif how == "copy":
        other = random.randrange(size - length + 1)
        data[place:place + length] = data[other:other + length]
    elif how == "cut":
        del data[place:]
    elif how == "heap":
        # Structures of HDF5 by their marks: heaps, trees, tables of names.
        places = [i for mark in (b"GCOL", b"TREE", b"SNOD", b"HEAP", b"OHDR") for i in find_all(data, mark)]
        if places:
            start = random.choice(places) + random.choice([4, 8, 16, 24])
            span = random.choice([1, 8, 16, 512])
            fill = random.choice([b"\0", b"\xff", bytes([random.randrange(256)])])
            data[start:start + span] = fill * len(data[start:start + span])
    elif how == "numbers":
        start = 8 * random.randrange(max(1, size // 8))
        value = random.choice([0, 1, 2**31, 2**32 - 1, 2**40, 2**61, 2**62, 2**63, 2**64 - 1, size, size - 1])
        data[start:start + 8] = value.to_bytes(8, "little")[:len(data[start:start + 8])]
    else:
        data[random.randrange(min(size, 2048))] = random.randrange(256)
    return f"{how} at {place}, {length} bytes"


def find_all(data, mark):
    place = data.find(mark)
    while place >= 0:
        yield place
        place = data.find(mark, place + 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool")
    for name in ("kills", "operations", "mutations"):
        parser.add_argument(f"--{name}", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="a folder for what made the faults")
    options = parser.parse_args()
    if sys.platform != "linux":
        sys.exit("faults are injected through LD_PRELOAD and watched through /proc, which this system does not have")
    folder = options.keep or tempfile.mkdtemp(prefix="hugoniot-faults-")
    os.makedirs(folder, exist_ok=True)
    folder = os.path.realpath(folder)
    started = time.monotonic()
    campaign = Campaign(os.path.abspath(options.tool), folder, options.seed)
    for trial, count in (
        (campaign.kill, options.kills), (campaign.operation, options.operations), (campaign.mutation, options.mutations)):
        for _ in range(count):
            if time.monotonic() - started > 60 * options.minutes:
                break
            trial()
    trials = {kind: sum(whats.values()) for kind, whats in campaign.counts.items()}
    print(json.dumps({"trials": trials, "faults": campaign.faults, "seconds": round(time.monotonic() - started, 1)}, indent=1))
    if options.keep is None:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if campaign.faults else 0)


if __name__ == "__main__":
    main()
