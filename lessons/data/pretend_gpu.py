"""A GPU to practise on where there is none: tensors carry the label `cuda:0`, every sum still runs on the CPU.

It follows the rules of a real one (one device per operation, `.to` gives a new tensor, NumPy only on the CPU) and
counts transfers. It says nothing about speed.
"""

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_leaves

TWO_DEVICES = "Expected all tensors to be on the same device, but found at least two devices, {} and {}!"
NO_NUMPY = (
    "can't convert cuda:0 device type tensor to numpy. "
    "Use Tensor.cpu() to copy the tensor to host memory first."
)
FREE_TO_MIX = {"__getitem__", "__setitem__", "copy_", "set_", "_has_compatible_shallow_copy_type"}


class PretendGPU(TorchFunctionMode):
    """Inside `with PretendGPU() as gpu:` there is a device `cuda`; `gpu.moves` lists what was carried where."""

    pretended = True
    note = "pretend GPU: labels only, every sum ran on the CPU"
    device = torch.device("cuda:0")

    def __init__(self):
        super().__init__()
        self.moves = []
        self._kept = None

    def __enter__(self):
        self._kept = torch.cuda.is_available, torch.cuda.synchronize
        torch.cuda.is_available, torch.cuda.synchronize = (lambda: True), (lambda device=None: None)
        return super().__enter__()

    def __exit__(self, *error):
        torch.cuda.is_available, torch.cuda.synchronize = self._kept
        return super().__exit__(*error)

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        name = function.__name__
        if name in ("__get__", "__set__"):
            return self._attribute(function, name, args)
        if name in ("to", "cuda", "cpu"):
            return self._to(function, name, args, kwargs)
        if name == "pin_memory":
            return _labelled(args[0].clone(), place_of(args[0]))
        if name == "numpy" and place_of(args[0]) != "cpu":
            raise TypeError(NO_NUMPY)
        wanted = kwargs.get("device")
        if wanted is not None:
            kwargs["device"] = "cpu"
        place = _short(wanted) if wanted is not None else _common_place(name, args, kwargs)
        result = function(*args, **kwargs)
        if name == "__repr__" and place != "cpu":
            return f"{result[:-1]}, device='{place}')"
        for tensor in tree_leaves(result):
            if isinstance(tensor, torch.Tensor):
                _labelled(tensor, place)
        return result

    def _attribute(self, function, name, args):
        attribute, tensor = function.__self__.__name__, args[0]
        place = place_of(tensor)
        if name == "__set__":
            if attribute == "data":
                _labelled(tensor, place_of(args[1]))
            return function(*args)
        if attribute == "device":
            return torch.device(place)
        if attribute in ("is_cuda", "is_cpu"):
            return (place != "cpu") == (attribute == "is_cuda")
        value = function(*args)
        return _labelled(value, place) if isinstance(value, torch.Tensor) else value

    def _to(self, function, name, args, kwargs):
        tensor, rest = args[0], list(args[1:])
        target = place_of(tensor)
        if name == "cuda":
            target, rest, kwargs = "cuda:0", [], {}
        elif name == "cpu":
            target = "cpu"
        elif "device" in kwargs or (rest and isinstance(rest[0], (str, int, torch.device, torch.Tensor))):
            wanted = kwargs.pop("device") if "device" in kwargs else rest.pop(0)
            if isinstance(wanted, torch.Tensor):
                rest.append(wanted.dtype)
                wanted = place_of(wanted)
            target = _short(wanted)
        kwargs.pop("non_blocking", None)
        rest = [part for part in rest if isinstance(part, torch.dtype)]
        source, result = place_of(tensor), tensor
        if name == "to" and (rest or kwargs):
            result = tensor.to(*rest, **kwargs)
        if target != source:
            self.moves.append((tuple(tensor.shape), source, target))
            result = result.clone() if result is tensor else result
        return result if result is tensor else _labelled(result, target)


class RealGPU:
    """The GPU of this machine, with the same face."""

    pretended = False
    moves = None

    def __init__(self, device, note):
        self.device, self.note = torch.device(device), note

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def borrow_gpu():
    """The machine's own GPU where there is one, else a pretended one."""
    if torch.cuda.is_available():
        return RealGPU("cuda:0", f"ran on a real GPU: {torch.cuda.get_device_name(0)}")
    if torch.backends.mps.is_available():
        return RealGPU("mps", "ran on a real GPU: Apple silicon")
    return PretendGPU()


def place_of(tensor):
    """Where a tensor claims to live."""
    return getattr(tensor, "_place", "cpu")


def _labelled(tensor, place):
    if place != place_of(tensor):
        tensor._place = place
    return tensor


def _short(device):
    name = f"cuda:{device}" if isinstance(device, int) else str(device)
    return "cuda:0" if name == "cuda" else name


def _common_place(name, args, kwargs):
    """The one device of all operands; single numbers on the CPU may meet any device, as in torch."""
    places = []
    for operand in tree_leaves((args, kwargs)):
        if isinstance(operand, torch.Tensor):
            place = place_of(operand)
            if place not in places and (place != "cpu" or operand.dim() > 0):
                places.append(place)
    if name in FREE_TO_MIX:
        return place_of(args[0]) if isinstance(args[0], torch.Tensor) else "cpu"
    if len(places) > 1:
        raise RuntimeError(TWO_DEVICES.format(*sorted(places, reverse=True)))
    return places[0] if places else "cpu"
