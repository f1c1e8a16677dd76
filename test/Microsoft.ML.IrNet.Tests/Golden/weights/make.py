#!/usr/bin/env python3
"""Makes the small .pth files beside it with torch (1.13 was used): python3 make.py

expected.safetensors holds the same tensors; forbidden.pth asks to run os.system when unpickled in Python, which no reader here may do.
old.pth is written by hand in the tar format of torch before 0.1.10, which torch still reads but no longer writes, and is read back with torch as a check.
"""
import collections, io, json, os, pickle, struct, tarfile, zipfile
import torch


def tensors():
    whole = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 8 - 0.5
    return collections.OrderedDict([
        ("layer.weight", whole[:2]),                       # a view of a longer storage
        ("layer.alias", whole[:2]),                        # which it shares
        ("layer.transposed", whole.t()),                   # not contiguous
        ("layer.bias", torch.nn.Parameter(torch.tensor([0.25, -1.5, 3e-5]))),
        ("half", torch.tensor([1.0, -2.5, 65504.0], dtype=torch.float16)),
        ("brain", torch.tensor([1.0, -2.5, 3e38], dtype=torch.bfloat16)),
        ("double", torch.tensor([1 / 3], dtype=torch.float64)),
        ("counter", torch.tensor(1234567890123, dtype=torch.int64)),
        ("int", torch.tensor([-7], dtype=torch.int32)),
        ("mask", torch.tensor([True, False])),
        ("bytes", torch.tensor([0, 255], dtype=torch.uint8)),
        ("empty", torch.zeros(0, 3)),
    ])


def stripped(path, source):
    """The zip without the padding that aligns its entries to 64 bytes."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry))


def safetensors(path, state):
    names = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64", torch.int32: "I32", torch.uint8: "U8", torch.bool: "BOOL"}
    header, data = {}, b""
    for name, tensor in state.items():
        flat = tensor.detach().contiguous()
        raw = flat.view(torch.int16).numpy().tobytes() if flat.dtype == torch.bfloat16 else flat.numpy().tobytes()
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


class Reference:
    """Stands for a tensor in the oldest format's pickle."""

    def __init__(self, number):
        self.number = number


class OldPickler(pickle.Pickler):
    def persistent_id(self, value):
        return str(value.number) if isinstance(value, Reference) else None


class OldVariable:
    """Pickles as torch 0.1 pickled a Parameter: an empty object, then the state (data, gradient, hooks, requires_grad, volatile)."""

    def __init__(self, data):
        self.data = data

    def __reduce__(self):
        return torch.nn.parameter.Parameter, (), (self.data, None, collections.OrderedDict(), True, False)


def old(path):
    values = [0.5, -1.0, 2.0, 4.0, 8.0, 16.0]
    storages = io.BytesIO()
    pickle.dump(1, storages, protocol=2)
    pickle.dump((94001, "cpu", torch.FloatStorage), storages, protocol=2)
    storages.write(struct.pack("<q6f", len(values), *values))
    pickle.dump([(94002, 94001, 2, 4)], storages, protocol=2)
    views = io.BytesIO()
    pickle.dump(2, views, protocol=2)
    pickle.dump((94101, 94001, torch.FloatTensor), views, protocol=2)
    views.write(struct.pack("<i4x2q2qq", 2, 2, 3, 3, 1, 0))
    pickle.dump((94102, 94002, torch.FloatTensor), views, protocol=2)
    views.write(struct.pack("<i4x1q1qq", 1, 3, 1, 1))
    body = io.BytesIO()
    OldPickler(body, protocol=2).dump(collections.OrderedDict([("weight", OldVariable(Reference(94101))), ("bias", Reference(94102))]))
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, part in [("sys_info", io.BytesIO(pickle.dumps({"little_endian": True}, protocol=2))), ("pickle", body), ("tensors", views), ("storages", storages)]:
            info = tarfile.TarInfo(name)
            info.size = len(part.getvalue())
            tar.addfile(info, io.BytesIO(part.getvalue()))
    read = torch.load(path)
    assert read["weight"].tolist() == [[0.5, -1.0, 2.0], [4.0, 8.0, 16.0]], read
    assert read["bias"].tolist() == [4.0, 8.0, 16.0], read


class Forbidden:
    def __reduce__(self):
        return os.system, ("touch forbidden-was-run",)


here = os.path.dirname(os.path.abspath(__file__))
os.chdir(here)
state = tensors()
buffer = io.BytesIO()
torch.save(state, buffer)
stripped("zip.pth", buffer)
torch.save({"epoch": 3, "state_dict": state}, "legacy.pth", _use_new_zipfile_serialization=False)
safetensors("expected.safetensors", state)
old("old.pth")
buffer = io.BytesIO()
torch.save({"weight": Forbidden()}, buffer)
stripped("forbidden.pth", buffer)
