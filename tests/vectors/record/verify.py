"""Checks a copy of a record, with Python's own library and openssl.

In the folder where it is started lie charter.txt, keys.txt (verifier keys, one a line, from the parties themselves and
not from where the copy comes from) and log/, the copy. What is not as it should be ends it with an error.
"""

import base64, hashlib, pathlib, subprocess, sys, tempfile

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    return sha(b"\1", root(leaves[:half]), root(leaves[half:]))

def is_signed(key, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(pathlib.Path(folder, name)) for name in ("key", "message", "signature")]
        der = bytes.fromhex("302a300506032b6570032100") + key
        for path, data in zip(paths, (der, message, signature)):
            pathlib.Path(path).write_bytes(data)
        words = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"]
        words += ["-inkey", paths[0], "-in", paths[1], "-sigfile", paths[2]]
        return subprocess.run(words, capture_output=True).returncode == 0

by_note, by_id = {}, {}
for line in open("keys.txt", encoding="utf-8").read().split("\n")[:-1]:
    name, short, key = line.split("+", 2)
    key = base64.b64decode(key, validate=True)
    full = sha(name.encode(), b"\n", key)
    assert full[:4].hex() == short, name
    by_note[name, full[:4]] = by_id[full] = (name, key[:-32], key[-32:])

def checkpoint(note):
    """The size and the root that a note certifies, and which nodes have cosigned it."""
    text, lines = note.decode().rsplit("\n\n", 1)
    text += "\n"
    origin, size, told = text.split("\n")[:3]
    assert origin.startswith("accede/charter/" + charter.hex() + "/tenure/"), origin
    nodes = []
    for line in lines.split("\n")[:-1]:
        dash, name, signed = line.split(" ")
        signed = base64.b64decode(signed, validate=True)
        if (name, signed[:4]) not in by_note:
            continue
        _, purpose, key = by_note[name, signed[:4]]
        message, signature = text.encode(), signed[4:]
        if purpose == b"\4":
            time = int.from_bytes(signature[:8], "big")
            message, signature = f"cosignature/v1\ntime {time}\n".encode() + message, signature[8:]
            nodes.append(name)
        assert is_signed(key, message, signature), f"not signed by {name}"
    return int(origin.split("/")[-1]), int(size), base64.b64decode(told), nodes

class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0
    def take(self, count):
        assert self.at + count <= len(self.data), "cut"
        self.at += count
        return self.data[self.at - count:self.at]
    def number(self, count):
        return int.from_bytes(self.take(count), "big")
    def of(self, count):
        return self.take(self.number(count))

def act(data, before):
    """Checks an act, and tells of it. `before` has the last act of each party."""
    it = Bytes(data)
    assert it.take(2) == b"\1\1" and it.take(32) == charter
    party, office, number, previous = it.of(1).decode(), it.take(32), it.number(8), it.take(32)
    kind = it.of(1).decode()
    if it.number(1):
        body = f"a body of {it.number(8)} bytes with the hash {it.take(32).hex()[:8]}…"
    else:
        body = f"a body of {len(it.of(2))} bytes"
    size, basis = it.number(8), it.take(32)
    assert basis == root(leaves[:size]), "a basis of another record"
    assert it.number(8) < it.number(8), "over before it was signed"
    assert it.number(1) == 1, "not Ed25519"
    name, purpose, key = by_id[office]
    assert purpose == b"\xffaccede/act/ed25519", name
    assert is_signed(key, b"accede/act/v1\n" + data[:it.at], data[it.at + 2:]), f"not signed by {name}"
    assert (number - 1, previous) == before.get(party, (0, bytes(32))), "not the next act of its party"
    before[party] = (number, sha(b"\0", data))
    return f"act {number} of {party}: {kind}, {body}, signed by {name}"

def opening(data):
    """Checks the votes that open a tenure, and tells of them."""
    it = Bytes(data)
    assert it.take(2) == b"\1\3"
    target = it.take(72)
    tenure, successor = int.from_bytes(target[32:40], "big"), by_id[target[40:]][0]
    assert target[:32] == charter
    shown, voters = it.of(2), []
    for _ in range(it.number(1)):
        start = it.at
        name, purpose, key = by_id[it.take(32)]
        if it.number(1):
            it.take(48)
        assert it.number(1) == 1 and purpose == b"\4"
        message = b"accede/vote/v1\n" + target + data[start:it.at]
        assert is_signed(key, message, it.of(2)), f"not voted by {name}"
        voters.append(name)
    starts = checkpoint(shown)
    assert starts[2] == root(leaves[:starts[1]]), "another history"
    assert tenure > now
    return tenure, f"tenure {tenure} of {successor}, behind entry {starts[1] - 1}: votes of {', '.join(voters)}"

charter = sha(open("charter.txt", "rb").read())
tenure, size, told, nodes = checkpoint(open("log/checkpoint", "rb").read())
print(f"checkpoint of tenure {tenure}, {size} entries, cosigned by {', '.join(nodes)}")

entries = []
for index in range(-(-size // 256)):
    path, rest, width = f"{index % 1000:03}", index // 1000, min(256, size - 256 * index)
    while rest:
        path, rest = f"x{rest % 1000:03}/{path}", rest // 1000
    path += f".p/{width}" if width < 256 else ""
    bundle = Bytes(open(f"log/tile/entries/{path}", "rb").read())
    entries += [bundle.of(2) for _ in range(width)]
    assert bundle.at == len(bundle.data)
leaves = [sha(b"\0", entry) for entry in entries]
assert root(leaves) == told, "the entries are not those of the checkpoint"
print(f"the {size} entries are those of the checkpoint")

before, now = {}, 1
for index, entry in enumerate(entries):
    if entry[:2] == b"\1\1":
        print(index, act(entry, before))
    elif entry[:2] == b"\1\2":
        of, first, told, nodes = checkpoint(entry[4:])
        assert of == now and told == root(leaves[:first]) and first <= index, "a certificate of another log"
        print(index, f"certificate for the first {first}: {', '.join(nodes)}")
    elif entry[:2] == b"\1\3":
        now, tells = opening(entry)
        print(index, tells)
    else:
        print(index, "evidence")
