"""Small inputs for every verb that writes, and for every kind of file that is read."""

import os
import struct
import zipfile

CASE = """
[case]
title = "Tube with a disc"
[domain]
cells = [48, 12]
lower = [0.0, 0.0]
upper = [1.0, 0.25]
[boundaries]
x = "outflow"
y = "wall"
[initial]
density = "if(x < 0.5, 1, 0.125)"
pressure = "if(x < 0.5, 1, 0.1)"
[[body]]
name = "disc"
shape = "circle"
center = [0.7, 0.125]
radius = 0.06
[numerics]
threads = 1
[time]
end = 0.06
[output]
every = 0.015
history_every = 5
checkpoint_every = 1e-6
[[probe]]
name = "wall"
position = [0.9, 0.2]
every_steps = 3
"""

BASE = """
[constants]
amplitude = 0.1
[domain]
cells = [16, 16]
lower = [0.0, 0.0]
upper = [1.0, 1.0]
[boundaries]
x = "periodic"
y = "periodic"
[initial]
density = "1 + amplitude*sin(2*pi*x)*sin(2*pi*y)"
velocity = [0.3, 0.2]
pressure = 1.0
[numerics]
threads = 1
[time]
end = 0.1
"""

SWEEP = """
[base]
case = "base.toml"
[design]
kind = "sobol"
samples = 6
seed = 3
[parameters]
amplitude = { uniform = [0.1, 0.4] }
[task]
kind = "rollout"
times = [0.0, 0.05, 0.1]
[grid]
cells = [16, 16]
[inputs]
channels = ["initial_density", "amplitude"]
[outputs]
channels = ["density", "pressure"]
[run]
workers = 2
"""

TRAINING = """
[data]
file = "data.h5"
[model]
kind = "fno"
modes = [3, 3]
width = 4
layers = 1
[training]
epochs = 3
batch = 2
threads = 1
"""

CALIBRATION = """
[model]
kind = "expression"
outputs = { y = "a + b*t" }
[parameters.a]
lower = 0.0
upper = 5.0
[parameters.b]
lower = 0.0
upper = 5.0
[[observations]]
file = "observed.csv"
[method]
name = "hybrid"
budget = 60
"""

OBSERVED = "output,t,value,sigma\n" + "".join(f"y,{t},{1 + 0.5 * t},0.1\n" for t in range(5))

SHAPE = 'shape = "circle"\ncenter = [0.5, 0.5]\nradius = 0.3\n'


def array(values, shape):
    """An array in the format of NumPy."""
    head = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {tuple(shape)}, }}".encode()
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + struct.pack(f"<{len(values)}f", *values)


def torch_pickle(tensors):
    """The pickle of a dictionary of tensors: name, storage key, values, offset, shape, strides."""
    def text(value):
        return b"X" + struct.pack("<I", len(value)) + value.encode()

    def number(value):
        return b"\x8a\x08" + struct.pack("<q", value)

    def numbers(values):
        return b"(" + b"".join(number(value) for value in values) + b"t"

    body = b"\x80\x02}("
    for name, key, count, offset, shape, strides in tensors:
        storage = b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text(key) + text("cpu") + number(count) + b"tQ"
        arguments = b"(" + storage + number(offset) + numbers(shape) + numbers(strides) + b"\x89ccollections\nOrderedDict\n)Rt"
        body += text(name) + b"ctorch._utils\n_rebuild_tensor_v2\n" + arguments + b"R"
    return body + b"u."


def write_torch(path, pickled, storages):
    """A file as PyTorch saves it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", pickled)
        for key, values in storages.items():
            archive.writestr(f"archive/data/{key}", struct.pack(f"<{len(values)}f", *values))


def write_inputs(folder):
    """Everything that no verb makes."""
    for name, text in {
        "case.toml": CASE, "base.toml": BASE, "sweep.toml": SWEEP, "training.toml": TRAINING,
        "calibration.toml": CALIBRATION, "observed.csv": OBSERVED, "shape.toml": SHAPE,
    }.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    values = [0.5 + (7 * i % 13) / 13 for i in range(4 * 64)]
    with zipfile.ZipFile(os.path.join(folder, "pairs.npz"), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inputs.npy", array(values, (4, 1, 8, 8)))
        archive.writestr("outputs.npy", array(values, (4, 1, 8, 8)))
    write_torch(
        os.path.join(folder, "pairs.pt"),
        torch_pickle([(n, k, 256, 0, (4, 8, 8), (64, 8, 1)) for n, k in (("x", "0"), ("y", "1"))]),
        {"0": values, "1": values})
