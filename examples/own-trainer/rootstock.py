"""What any trainer needs to work for Rootstock: its store, its checkpoints, its protocol. Copy it beside yours.

FORMATS.md tells the rest: section 3 the store, 6 a checkpoint, 7 the protocol.
"""

import hashlib
import json
import os
import signal
import socket
import sys
import threading
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import unquote, urlparse

STAGE_VERSION = 1  # of Rootstock's stage "pretrain"
INVALID, HOPELESS, SAVED = 2, 3, 75  # exit codes


class End(Exception):
    """Ends the trainer before its work is done, with an exit code and what the result file says of it."""

    def __init__(self, exit, kind, message, problems=()):
        super().__init__(message)
        self.exit, self.failure = exit, {"kind": kind, "message": message, "problems": list(problems), "exit": exit}


def need(holds, path, found, wanted):
    """Refuses an order, so that nobody tries it again; the person who asked reads this sentence."""
    if not holds:
        problem = {"path": path, "found": str(found), "wanted": wanted}
        raise End(INVALID, "InvalidConfig", f"{path} is {found}; it must be {wanted}", [problem])


# --- the store: nothing is overwritten, and an object is there whole or not at all -------------------------------

class FolderStore:
    def __init__(self, uri):
        self.root = Path(unquote(urlparse(uri).path))

    def read(self, key):
        return (self.root / key).read_bytes()

    def size(self, key):
        return (self.root / key).stat().st_size if (self.root / key).is_file() else None

    def list(self, prefix):
        found = (self.root / prefix).rglob("*") if (self.root / prefix).is_dir() else ()
        return sorted(str(f.relative_to(self.root)) for f in found if f.is_file() and not f.name.startswith("."))

    def publish(self, key, data):
        """Whether the key was free; a link fails where a rename would overwrite."""
        place = self.root / key
        place.parent.mkdir(parents=True, exist_ok=True)
        partial = place.parent / f".partial-{uuid.uuid4()}"
        try:
            with open(partial, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.link(partial, place)
            return True
        except FileExistsError:
            return False
        finally:
            partial.unlink(missing_ok=True)


class BucketStore:
    """Needs boto3, and a server that honours If-None-Match; AWS_ENDPOINT_URL names one that is not Amazon's."""

    def __init__(self, uri):
        import boto3
        self.bucket, self.prefix = urlparse(uri).netloc, urlparse(uri).path.strip("/")
        self.s3 = boto3.client("s3")

    def _at(self, key):
        return {"Bucket": self.bucket, "Key": f"{self.prefix}/{key}".lstrip("/")}

    def read(self, key):
        return self.s3.get_object(**self._at(key))["Body"].read()

    def size(self, key):
        try:
            return self.s3.head_object(**self._at(key))["ContentLength"]
        except self.s3.exceptions.ClientError as fault:
            if fault.response["Error"]["Code"] in ("404", "NoSuchKey"):
                return None
            raise

    def list(self, prefix):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self._at(prefix + "/")["Key"])
        cut = len(self._at("")["Key"])
        return sorted(entry["Key"][cut:] for page in pages for entry in page.get("Contents", ()))

    def publish(self, key, data):
        try:
            self.s3.put_object(**self._at(key), Body=data, IfNoneMatch="*")
            return True
        except self.s3.exceptions.ClientError as fault:
            if fault.response["Error"]["Code"] in ("PreconditionFailed", "412"):
                return False
            raise


def text(tree):
    return json.dumps(tree, indent=2, ensure_ascii=False).encode()


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def open_store(uri):
    return BucketStore(uri) if uri.startswith("s3:") else FolderStore(uri)


def find(store, folder):
    """The manifest of an artifact that is whole: it is there, and every file it names has the size it names."""
    if store.size(f"{folder}/manifest.json") is None:
        return None
    manifest = json.loads(store.read(f"{folder}/manifest.json"))
    whole = all(store.size(key_of(folder, file)) == file["bytes"] for file in manifest["files"])
    return manifest if whole else None


def key_of(folder, file):
    return file["path"][1:] if file["path"].startswith("/") else f"{folder}/{file['path']}"


# --- checkpoints: claimed before they are added to, the manifest last --------------------------------------------

class Checkpoints:
    def __init__(self, store, order, made_by):
        """made_by: name and versions of the program, for the manifest."""
        self.store, self.order, self.made_by = store, order, made_by
        self.home, self.claim = f"checkpoints/{order['fingerprint']}", 0

    def _claims(self):
        return {int(key[-11:-5]): key for key in self.store.list(f"{self.home}/claims")}

    def newest(self):
        """The newest checkpoint that counts and whose sums are right: folder, step and files by name; or None."""
        claims = {number: json.loads(self.store.read(key)) for number, key in self._claims().items()}
        found = []
        for key in self.store.list(self.home):
            folder, _, name = key.rpartition("/")
            manifest = find(self.store, folder) if name == "manifest.json" and "/step-" in folder else None
            if manifest:
                step, claim = manifest["result"]["step"], manifest["madeBy"]["claim"]
                if all(step <= later["resumeFrom"] for number, later in claims.items() if number > claim):
                    found.append((step, claim, folder, manifest))
        for step, _, folder, manifest in sorted(found, key=lambda each: each[:2], reverse=True):
            files = {file["path"].split("/")[-1]: self.store.read(key_of(folder, file)) for file in manifest["files"]}
            if all(sha256(files[file["path"].split("/")[-1]]) == file["sha256"] for file in manifest["files"]):
                return folder, step, files, manifest
            print(f"{folder} is not sound, the one before is used", file=sys.stderr)
        return None

    def take(self, step):
        """Announces that this attempt goes on from a step: from now on every earlier one is fenced."""
        attempt = self.order["attempt"]
        claim = {"run": attempt["run"], "host": socket.gethostname(), "process": os.getpid(),
                 "attempt": attempt["number"], "resumeFrom": step, "at": now()}
        self.claim = max(self._claims(), default=0) + 1
        while not self.store.publish(f"{self.home}/claims/{self.claim:06d}.json", text(claim)):
            self.claim += 1

    def hold(self):
        if max(self._claims()) > self.claim:
            raise End(SAVED, "Fenced", "a later attempt has claimed this training; leaving without saving")

    def save(self, step, files, spent):
        """Adds a checkpoint, a dict of bytes by name; its folder's key."""
        self.hold()
        folder = f"{self.home}/step-{step:08d}"
        if self.store.size(f"{folder}/manifest.json") is not None:
            folder += f"-c{self.claim:06d}"
        stored = []
        for name, data in sorted(files.items()):
            path, again = name, 2
            while not self.store.publish(f"{folder}/{path}", data) and self.store.read(f"{folder}/{path}") != data:
                path, again = f"again-{again}/{name}", again + 1  # a dead attempt left other bytes there
            stored.append({"path": path, "bytes": len(data), "sha256": sha256(data)})
        self.hold()
        self._commit(folder, folder, step, stored, spent)
        return folder

    def finish(self, folder):
        """Says that the training is finished: from now on the base exists."""
        last = json.loads(self.store.read(f"{folder}/manifest.json"))
        inside = folder[len(self.home) + 1:]
        files = [dict(file, path=f"{inside}/{file['path']}") for file in last["files"]]
        self.hold()
        self._commit(self.home, folder, last["result"]["step"], files, last["spent"])
        return last["result"]

    def _commit(self, place, folder, step, files, spent):
        order, inputs = self.order, {role: self.order[role]["fingerprint"] for role in ("tokens", "tokenizer")}
        self.store.publish(f"{place}/manifest.json", text({
            "format": 1, "stage": "pretrain", "fingerprint": order["fingerprint"],
            "form": {"format": 1, "stage": "pretrain", "version": STAGE_VERSION, "inputs": inputs, "spec": order["pretrain"]},
            "files": sorted(files, key=lambda file: file["path"]),
            "result": {"fingerprint": order["fingerprint"], "location": folder, "step": step,
                       "shape": order["pretrain"]["shape"], "tokenizer": inputs["tokenizer"]},
            "spent": spent, "madeAt": now(),
            "madeBy": {"run": order["attempt"]["run"], "host": socket.gethostname(), "claim": self.claim,
                       "backend": self.made_by, "threads": self.order["attempt"]["threads"]}}))


# --- the protocol -------------------------------------------------------------------------------------------------

class Telling(threading.Thread):
    """Says once a second how far the work is, whatever the training is busy with. Silent in all but one process."""

    def __init__(self, out, speaks, steps):
        super().__init__(daemon=True)
        self.out, self.speaks, self.line = out, speaks, {"stage": "pretrain", "done": 0, "total": steps, "unit": "steps"}
        self.start()

    def tell(self, **news):
        self.line = self.line | news

    def run(self):
        while self.speaks:
            print(json.dumps(self.line), file=self.out, flush=True)
            time.sleep(1)


def leaving():
    """An event that is set when it is time to save and leave: SIGTERM, or whoever started this is gone."""
    asked, parent = threading.Event(), os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: asked.set())

    def watch(gone):
        while not gone():
            pass
        asked.set()

    for gone in (lambda: not os.read(0, 4096), lambda: time.sleep(1) or os.getppid() != parent):
        threading.Thread(target=watch, args=(gone,), daemon=True).start()
    return asked


def carry_out(train, speaks=True):
    """Runs train(store, order, out) as an engine: sys.argv is VERB ORDER.json RESULT.json. Never returns."""
    out = os.fdopen(os.dup(1), "w")  # a library that prints must not break the progress lines
    os.dup2(2, 1)
    verb, order_file, result_file = sys.argv[1:]
    try:
        need(verb == "pretrain", "verb", verb, "pretrain")
        order = json.loads(Path(order_file).read_text())
        exit, result = 0, train(open_store(order["attempt"]["store"]), order, out)
    except End as end:
        print(end, file=sys.stderr)
        exit, result = end.exit, end.failure
    if speaks:
        Path(result_file + ".partial").write_bytes(text(result))
        os.replace(result_file + ".partial", result_file)
    sys.stderr.flush()
    os._exit(exit)  # threads that wait for input must not keep the process
