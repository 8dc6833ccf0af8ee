# SPDX-License-Identifier: MIT
"""The protocol of Plugins/PROTOCOL.md: framed JSON-RPC 2.0 on stdin and stdout."""

import json
import math
import os
import queue
import sys
import threading
import traceback

import numpy

from . import _estimate
from ._describe import REGISTERED
from ._estimate import Cancelled, Estimate, Labels, Refusal

PROTOCOL = 1


class _Wire:
    """The two ends; what the plugin prints goes to stderr from here on."""

    def __init__(self):
        self.input = os.fdopen(os.dup(0), "rb")
        self.output = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self.lock = threading.Lock()

    def receive(self):
        """The next message, or None at the end."""
        length = None
        while True:
            line = self.input.readline(1024)
            if not line:
                return None
            line = line.strip()
            if not line:
                if length is not None:
                    break
                continue
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = self.input.read(length)
        return json.loads(body.decode("utf-8")) if len(body) == length else None

    def send(self, message):
        message["jsonrpc"] = "2.0"
        body = json.dumps(message, allow_nan=False).encode("utf-8")
        with self.lock:
            self.output.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.output.flush()


class _Call:
    """One call of `estimate`, as `progress` and `check_cancelled` see it."""

    def __init__(self, wire, id, cancelled):
        self.wire, self.id, self.cancelled = wire, id, cancelled

    def tell(self, share):
        self.wire.send({"method": "progress", "params": {"id": self.id, "share": float(share)}})

    def is_cancelled(self):
        return self.id in self.cancelled


def _load(variable):
    array = numpy.load(variable["path"], allow_pickle=False)
    if variable["kind"] == "labels":
        return Labels(array, variable.get("classes", []))
    return array


def _plain(value):
    """A value of a diagnostic as JSON has it."""
    if isinstance(value, numpy.ndarray):
        return [_plain(v) for v in value.ravel()]
    if isinstance(value, numpy.generic):
        value = value.item()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def _finite(value, what):
    value = float(value)
    if not math.isfinite(value):
        raise Refusal("pluginNotFinite", "%s is %s; it must be finite." % (what, value))
    return value


def _answer(result):
    if not isinstance(result, Estimate):
        result = Estimate(result)
    answer = {"nats": _finite(result.nats, "the estimate")}
    if result.kind is not None:
        answer["kind"] = result.kind
    if result.standard_error is not None:
        answer["standardErrorNats"] = _finite(result.standard_error, "the standard error")
    if result.pointwise is not None:
        answer["pointwise"] = [_finite(v, "a pointwise value") for v in result.pointwise]
    answer["diagnostics"] = {name: _plain(v) for name, v in result.diagnostics.items()}
    answer["warnings"] = [{"code": code, "message": text} for code, text in result.warnings]
    return answer


def _estimate_call(wire, id, params, cancelled):
    if params["estimator"] not in REGISTERED:
        raise Refusal("unknownEstimator", "there is no estimator %s" % params["estimator"])
    _, function, takes_groups = REGISTERED[params["estimator"]]
    more = dict(params["parameters"])
    if takes_groups:
        groups = params.get("groups")
        more["groups"] = None if groups is None else numpy.asarray(_load(groups))
    _estimate._current = _Call(wire, id, cancelled)
    try:
        return _answer(function(_load(params["x"]), _load(params["y"]), int(params["seed"]),
                                **more))
    finally:
        _estimate._current = None


def _dispatch(wire, message, cancelled, name, version):
    id, method, params = message["id"], message.get("method"), message.get("params") or {}
    if method == "initialize":
        return {"protocolVersion": PROTOCOL, "name": name, "version": version,
                "estimators": [one[0] for one in REGISTERED.values()]}
    if method == "estimate":
        return _estimate_call(wire, id, params, cancelled)
    if method == "shutdown":
        return {}
    raise Refusal("failed", "there is no method %s" % method)


def _reply(wire, message, cancelled, name, version):
    try:
        answer = {"result": _dispatch(wire, message, cancelled, name, version)}
    except Cancelled:
        answer = _error("cancelled", "cancelled")
    except Refusal as refusal:
        answer = _error(refusal.code, str(refusal))
    except MemoryError as error:
        answer = _error("outOfMemory", str(error) or "MemoryError")
    except Exception as error:
        traceback.print_exc()
        answer = _error("failed", "%s: %s" % (type(error).__name__, error))
    cancelled.discard(message["id"])
    wire.send(dict(answer, id=message["id"]))


def _error(code, message):
    return {"error": {"code": -32000, "message": message, "data": {"code": code}}}


def serve(name=None, version="1"):
    """Answers calls until the host ends; estimates run on the main thread, one at a time."""
    wire = _Wire()
    name = name or os.path.splitext(os.path.basename(sys.argv[0]))[0]
    calls, cancelled = queue.Queue(), set()

    def listen():
        while True:
            try:
                message = wire.receive()
            except ValueError:
                message = None
            if message is None or message.get("method") == "shutdown" and "id" not in message:
                break
            if message.get("method") == "cancel":
                cancelled.add(message["params"]["id"])
            elif "id" in message:
                calls.put(message)
        calls.put(None)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        message = calls.get()
        if message is None:
            break
        _reply(wire, message, cancelled, name, version)
        if message.get("method") == "shutdown":
            break
    # A library's threads must not keep the process alive.
    wire.output.flush()
    sys.stderr.flush()
    os._exit(0)
