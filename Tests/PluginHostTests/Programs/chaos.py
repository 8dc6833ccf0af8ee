#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A program plugin that fails on demand; the parameter `mode` says how. Standard library only."""
import json
import os
import signal
import subprocess
import sys
import time

MODES = ["good", "crash", "exit", "hang", "memory", "garbage", "notJSON", "nan", "ceiling",
         "changed", "wrongID", "orphan", "silent", "closed", "error"]
calls = 0


def receive():
    length = None
    while True:
        line = sys.stdin.buffer.readline()
        if not line:
            sys.exit(0)
        line = line.strip()
        if not line:
            break
        length = int(line.split(b":")[1])
    return json.loads(sys.stdin.buffer.read(length))


def raw(body):
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    sys.stdout.buffer.flush()


def answer(id, nats):
    raw(json.dumps({"jsonrpc": "2.0", "id": id, "result": {"nats": nats}}).encode())


def estimate(id, mode):
    global calls
    calls += 1
    if mode == "crash":
        print("about to crash", file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
    elif mode == "exit":
        sys.exit(3)
    elif mode == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(1)
    elif mode == "memory":
        held = []
        while True:
            held.append(bytearray(1 << 24))
    elif mode == "garbage":
        print("estimating...", flush=True)
        answer(id, 0.25)
    elif mode == "notJSON":
        raw(b'{"jsonrpc": "2.0", "id": %d, "result": {"nats": ' % id)
    elif mode == "nan":
        raw(b'{"jsonrpc": "2.0", "id": %d, "result": {"nats": NaN}}' % id)
    elif mode == "ceiling":
        answer(id, 1e6)
    elif mode == "changed":
        answer(id, 0.25 + calls * 1e-9)
    elif mode == "wrongID":
        answer(id + 1, 0.25)
    elif mode == "orphan":
        subprocess.Popen(["sleep", "1000"])
        os.kill(os.getpid(), signal.SIGKILL)
    elif mode == "silent":
        raw(json.dumps({"jsonrpc": "2.0", "id": id}).encode())
    elif mode == "closed":
        os.close(1)
        time.sleep(1000)
    elif mode == "error":
        raw(json.dumps({"jsonrpc": "2.0", "id": id, "error": {
            "code": -32000, "message": "Column 0 of x is constant.",
            "data": {"code": "constantColumn"}}}).encode())
    else:
        answer(id, 0.25)


version = int(os.environ.get("CHAOS_PROTOCOL", "1"))
while True:
    message = receive()
    method, id = message["method"], message.get("id")
    if method == "initialize":
        raw(json.dumps({"jsonrpc": "2.0", "id": id, "result": {
            "protocolVersion": version, "name": "chaos", "version": "1", "estimators": [{
                "id": "chaos", "kinds": ["continuous-continuous"], "deterministic": True,
                "parameters": [{"name": "mode", "type": "choice", "default": "good",
                                "choices": MODES}]}]}}).encode())
    elif method == "estimate":
        estimate(id, message["params"]["parameters"]["mode"])
    elif method == "shutdown":
        sys.exit(0)
