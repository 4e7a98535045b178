"""Runs the tool on the text of a case and reads what it wrote."""
import os
import resource
import subprocess
import tempfile

import h5py
import numpy as np

TOOL = os.environ.get("HUGONIOT", os.path.join(os.path.dirname(__file__), "../../.build/release/hugoniot"))


class Failed(Exception):
    """A run that did not come to its end."""


def run(text, tool=TOOL):
    """The fields at the end by name, x first as in the file's y, x order, and the processor time in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "case.toml")
        with open(path, "w") as file:
            file.write(text)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([tool, "run", path, "-o", os.path.join(folder, "run.h5"), "--quiet"],
                              capture_output=True, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise Failed((done.stderr or done.stdout).strip().splitlines()[0] if done.stderr or done.stdout else "?")
        with h5py.File(os.path.join(folder, "run.h5")) as file:
            fields = {name: np.asarray(data[-1], float) for name, data in file["fields"].items()}
            fields["attributes"] = dict(file.attrs)
        return fields, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
