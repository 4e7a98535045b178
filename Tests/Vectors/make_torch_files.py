"""Writes tiny_train.pt and tiny_test.pt as torch.save does, with the standard library alone.

x is bool and y float, as (sample, y, x) with the samples fastest in memory, like the files of the neuraloperator package:
x[s, j, i] = (s + j + i) % 2 and y[s, j, i] = 100 s + 10 j + i, plus 1000 in the test file.
"""
import pickle, struct, sys, types, zipfile
from collections import OrderedDict
from pathlib import Path

torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
sys.modules.update({"torch": torch, "torch._utils": utils})


def _rebuild_tensor_v2():
    pass


_rebuild_tensor_v2.__module__ = "torch._utils"
utils._rebuild_tensor_v2 = _rebuild_tensor_v2
for name in ("BoolStorage", "FloatStorage"):
    setattr(torch, name, type(name, (), {"__module__": "torch"}))


class Storage:
    def __init__(self, kind, key, count):
        self.id = ("storage", kind, key, "cpu", count)


class Tensor:
    def __init__(self, *arguments):
        self.arguments = arguments

    def __reduce__(self):
        return _rebuild_tensor_v2, self.arguments


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        return value.id if isinstance(value, Storage) else None


def write(path, samples, rows, columns, shift):
    shape, strides = (samples, rows, columns), (1, samples, samples * rows)
    places = [(s, j, i) for i in range(columns) for j in range(rows) for s in range(samples)]
    x = bytes((s + j + i) % 2 for s, j, i in places)
    y = b"".join(struct.pack("<f", 100 * s + 10 * j + i + shift) for s, j, i in places)

    def tensor(kind, key):
        return Tensor(Storage(kind, key, len(places)), 0, shape, strides, False, OrderedDict())

    with zipfile.ZipFile(path, "w") as file:
        member = lambda name: zipfile.ZipInfo("archive/" + name)
        with file.open(member("data.pkl"), "w") as stream:
            Pickler(stream, 2).dump({"x": tensor(torch.BoolStorage, "0"), "y": tensor(torch.FloatStorage, "1")})
        file.writestr(member("data/0"), x)
        file.writestr(member("data/1"), y)
        file.writestr(member("version"), b"3\n")


folder = Path(__file__).parent
write(folder / "tiny_train.pt", 3, 2, 4, 0)
write(folder / "tiny_test.pt", 2, 2, 4, 1000)
