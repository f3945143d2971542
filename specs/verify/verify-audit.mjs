#!/usr/bin/env node
// Verifies an audit log, or a proof, from the specifications alone: ../audit-log.md and
// ../checkpoints.md. It shares no code with Haechi and needs nothing but Node.
//
//   node verify-audit.mjs log audit.jsonl [--key KEY --checkpoints PATH] [--anchors FILE] [--first-segment N]
//   node verify-audit.mjs proof proof.json --key KEY
//
// KEY is name+id+base64, or a file with it; PATH is a file of notes, or a folder of
// files *.checkpoint. Prints one JSON object; exit code 0: it holds, 4: it does not.
import { createHash, createPublicKey, verify } from "node:crypto";
import fs from "node:fs";
import { basename, dirname, extname, join } from "node:path";

class Fault extends Error {}
function demand(condition, reason) {
  if (!condition) throw new Fault(reason);
}
// Runs `work`; a fault in it is told with what stands before and after it.
function naming(before, after, work) {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof Fault ? error.message : `cannot be read (${error.code ?? error.name})`;
    throw new Fault(before + reason + after);
  }
}

// Opens a file, and nothing else of that name: a pipe may never begin, and a device never end.
function openFile(path, bytesMax = Infinity) {
  return naming(`${basename(path)}: `, "", () => {
    const fd = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(fd);
    demand(stat.isFile() && stat.size <= bytesMax, stat.isFile() ? "too large" : "no regular file");
    return fd;
  });
}
const readText = (path) => fs.readFileSync(openFile(path, 2 ** 28), "utf8");
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
// Canonical JSON, `json-stable-v1`: sorted keys, no spaces, ECMAScript's scalars.
function canonical(value, depth = 0) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  demand(depth < 64, "nested too deep");
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`).join(",")}}`;
}

// Entries: the seal of one line, and its place.
const START = '{"auditIntegrity":{"alg":"sha256","canonicalization":"json-stable-v1","eventHash":"';
function readEntry(bytes) {
  const line = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const entry = parse(line);
  demand(entry !== undefined && Buffer.from(line).equals(bytes), "line is not JSON");
  const integrity = entry?.auditIntegrity;
  const { segment = 2 } = integrity ?? { segment: null };
  demand(Number.isSafeInteger(segment) && segment > 1, "missing auditIntegrity");
  demand(canonical(entry) === line && line.startsWith(START), "line is not canonical");
  const { eventHash, ...rest } = integrity;
  const sealed = sha256(canonical({ ...entry, auditIntegrity: rest })).toString("base64url");
  demand(sealed === eventHash, "event hash mismatch");
  return { entry, integrity };
}

// The tree of RFC 6962.
const hashLeaf = (bytes) => sha256(Buffer.of(0), bytes);
const hashNode = (left, right) => sha256(Buffer.of(1), left, right);
function growingTree() {
  const peaks = [];
  return {
    append(leaf, size) {
      let node = leaf;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) node = hashNode(peaks.pop(), node);
      peaks.push(node);
    },
    root: () => (peaks.length === 0 ? sha256("") : peaks.reduceRight((right, left) => hashNode(left, right))),
  };
}

// The way up to the root that both algorithms of RFC 9162 go; null where the proof is not as long as it.
function climb(index, last, start, proof) {
  let [fn, sn, fr, sr] = [index, last, start, start];
  for (const node of proof) {
    if (sn === 0n) return null;
    if (fn & 1n || fn === sn) {
      [fr, sr] = [hashNode(node, fr), hashNode(node, sr)];
      while (!(fn & 1n) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      sr = hashNode(sr, node);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n ? { fr, sr } : null;
}
// RFC 9162 §2.1.3.2.
const provesInclusion = (leaf, index, size, proof, root) =>
  index < size && climb(BigInt(index), BigInt(size) - 1n, leaf, proof)?.sr.equals(root);
// RFC 9162 §2.1.4.2; the two cases that it leaves out come first.
function provesConsistency(oldSize, oldRoot, size, root, given) {
  if (oldSize === size) return given.length === 0 && oldRoot.equals(root);
  if (oldSize === 0) return given.length === 0 && oldRoot.equals(sha256(""));
  if (oldSize > size || given.length === 0) return false;
  const isPowerOfTwo = (BigInt(oldSize) & (BigInt(oldSize) - 1n)) === 0n;
  const [first, ...proof] = isPowerOfTwo ? [oldRoot, ...given] : given;
  let [fn, sn] = [BigInt(oldSize) - 1n, BigInt(size) - 1n];
  while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  const top = climb(fn, sn, first, proof);
  return top?.fr.equals(oldRoot) && top.sr.equals(root);
}

// Notes and checkpoints of C2SP.
function decode(text) {
  const bytes = Buffer.from(String(text), "base64");
  demand(bytes.toString("base64") === text, "not base64");
  return bytes;
}

function readKey(text) {
  const given = fs.existsSync(String(text)) ? readText(text).trim() : text;
  const [, name, keyId, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(given) ?? [];
  const bytes = decode(encoded);
  demand(bytes.length === 33 && bytes[0] === 1, "not an Ed25519 key");
  demand(sha256(`${name}\n`, bytes).toString("hex", 0, 4) === keyId, "the id of the key is not its own");
  const jwk = { kty: "OKP", crv: "Ed25519", x: bytes.toString("base64url", 1) };
  return { name, keyId, publicKey: createPublicKey({ key: jwk, format: "jwk" }) };
}
function readSignature(line) {
  const [, name, encoded] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
  demand(encoded !== undefined, "not a checkpoint");
  return { name, bytes: decode(encoded) };
}

function readCheckpoint(note, key) {
  demand(typeof note === "string" && note.endsWith("\n") && note.includes("\n\n"), "not a checkpoint");
  const end = note.lastIndexOf("\n\n");
  const [text, signatures] = [note.slice(0, end + 1), note.slice(end + 2, -1).split("\n")];
  const isOwn = ({ name, bytes }) => name === key.name && bytes.toString("hex", 0, 4) === key.keyId;
  const own = signatures.map(readSignature).filter(isOwn);
  const holds = ({ bytes }) => verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4));
  demand(own.length > 0 && own.every(holds), "checkpoint not signed by this key");
  const [, log, segment, size, root] = /^(\S+)\/([1-9]\d*)\n(0|[1-9]\d*)\n(\S+)\n$/.exec(text) ?? [];
  demand(log === key.name, "checkpoint of another log");
  return { segment: Number(segment), size: Number(size), root: decode(root) };
}

function readCheckpoints(path, key) {
  const notes = fs.statSync(path).isDirectory()
    ? fs.readdirSync(path).flatMap((name) => (name.endsWith(".checkpoint") ? [readText(`${path}/${name}`)] : []))
    : readNotes(readText(path).split("\n\n").slice(0, -1));
  return notes.map((note, at) => naming("", `: number ${at + 1}`, () => readCheckpoint(note, key)));
}
// Text, empty line, signatures, empty line; what is not whole at the end was cut by a crash.
function readNotes(blocks) {
  demand(blocks.length % 2 === 0 || !blocks.at(-1).includes("\u2014 "), "not a checkpoint");
  return blocks.filter((_, at) => at % 2).map((lines, at) => `${blocks[2 * at]}\n\n${lines}\n`);
}

// The log: its segments from the oldest to the open one.
function forEachLine(path, take) {
  const fd = openFile(path);
  try {
    let [chunk, rest, number] = [Buffer.alloc(1 << 18), Buffer.alloc(0), 1];
    for (let count = fs.readSync(fd, chunk); count > 0; count = fs.readSync(fd, chunk)) {
      rest = Buffer.concat([rest, chunk.subarray(0, count)]);
      let start = 0;
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, start)) {
        if (naming("", ` at line ${number}`, () => take(rest.subarray(start, end))) === false) return;
        [start, number] = [end + 1, number + 1];
      }
      rest = rest.subarray(start);
      demand(rest.length <= 2 ** 24, `line too long at line ${number}`);
    }
    demand(rest.length === 0, "torn last line");
  } finally {
    fs.closeSync(fd);
  }
}

function verifySegment(path, number, before, checkpoints, anchors) {
  let [tree, size, head, first, expiry] = [growingTree(), 0, null, null, null];
  const checkpointsAt = Map.groupBy(checkpoints, (checkpoint) => checkpoint.size);
  const anchorsAt = Map.groupBy(anchors, (anchor) => anchor.sequence);
  function compare() {
    for (const { root } of checkpointsAt.get(size) ?? [])
      demand(tree.root().equals(root), `checkpoint mismatch at size ${size}`);
    for (const { eventHash } of anchorsAt.get(size) ?? [])
      demand(eventHash === head, `anchor hash mismatch at sequence ${size}`);
  }
  compare();
  forEachLine(path, (bytes) => {
    const { entry, integrity } = readEntry(bytes);
    demand((integrity.segment ?? 1) === number, `not an entry of segment ${number}`);
    demand(integrity.sequence === size + 1, "sequence mismatch");
    demand(integrity.previousHash === head, "previous hash mismatch");
    if (size === 0 && number > 1) first = entry.segment ?? {};
    if (entry.decision === "segments_expired") expiry = entry.segment;
    tree.append(hashLeaf(bytes), size);
    [size, head] = [size + 1, integrity.eventHash];
    compare();
  });
  const last = [...checkpointsAt.keys(), ...anchorsAt.keys()].reduce((a, b) => Math.max(a, b), 0);
  demand(last <= size, `tail truncation: published up to ${last}, the segment ends at ${size}`);
  demand(size > 0 || number === 1, "no entries");
  const isTied = before === null || (first?.previousHash === before.head && first.previousRecords === before.size);
  demand(first === null || (first.number === number && isTied), `does not continue segment ${number - 1}`);
  return { head, size, link: first, expiry };
}

function verifyLog(path, options) {
  demand(fs.existsSync(path), "log file missing");
  demand((options.key === undefined) === (options.checkpoints === undefined), "a key and checkpoints need each other");
  const signed = options.key === undefined ? [] : readCheckpoints(options.checkpoints, readKey(options.key));
  demand(options.key === undefined || signed.length > 0, "no checkpoint of this log");
  const anchors = options.anchors === undefined ? [] : readAnchors(options.anchors);
  const [stem, extension] = [basename(path, extname(path)), extname(path)].map(RegExp.escape);
  const [closed, form] = [new Map(), new RegExp(`^${stem}\\.segment-([1-9]\\d{6,14}|\\d{6})${extension}$`)];
  for (const name of fs.readdirSync(dirname(path))) {
    const [file, number] = [join(dirname(path), name), form.exec(name)?.[1]];
    const isOther = () => fs.statSync(file).ino !== fs.statSync(path).ino;
    if (number !== undefined && naming(`${name}: `, "", isOther)) closed.set(Number(number), file);
  }
  let [before, records, link, expiry, numberOfOpen] = [null, 0, null, null, 1];
  forEachLine(path, (bytes) => {
    numberOfOpen = readEntry(bytes).integrity.segment ?? 1;
    return false;
  });
  const first = Number(options["first-segment"] ?? Math.min(numberOfOpen, ...closed.keys()));
  const open = Math.max(first - 1, ...closed.keys()) + 1;
  for (let number = first; number <= open; number++) {
    demand(number === open || closed.has(number), `segment ${number} missing`);
    const ofSegment = ({ segment = 1 }) => segment === number;
    const expected = [signed.filter(ofSegment), anchors.filter(ofSegment)];
    const work = () => verifySegment(closed.get(number) ?? path, number, before, ...expected);
    before = naming(`segment ${number}: `, "", work);
    [records, link, expiry] = [records + before.size, link ?? before.link, before.expiry ?? expiry];
  }
  const expired = options["first-segment"] === undefined ? first - 1 : 0;
  demand(expired === 0 || expiry?.number >= first, `segment ${expiry?.number ?? 1} missing`);
  const isLinked = expired === 0 || expiry.number > first || canonical(expiry) === canonical(link);
  demand(isLinked, `segment ${first}: does not continue what expired`);
  const published = [...signed, ...anchors].reduce((last, { segment = 1 }) => Math.max(last, segment), 0);
  demand(published <= open, `tail truncation: published up to segment ${published}, the log ends in segment ${open}`);
  const [segments, headHash] = [open - first + 1, before.head];
  return { valid: true, records, segments, expired, headHash, checkpoints: signed.length };
}

// What a crash leaves of an anchor is passed over; those around it still hold.
const readAnchors = (path) => readText(path).split("\n").flatMap(anchorsIn);
function anchorsIn(line, at) {
  const anchor = parse(line);
  const isAnchor = Number.isSafeInteger(anchor?.sequence) && typeof anchor.eventHash === "string";
  const isResidue = anchor === undefined && /^(?:$|[{\0])/.test(line);
  demand(isAnchor || isResidue, `anchor file: no anchor at line ${at + 1}`);
  return isAnchor ? [anchor] : [];
}

// Proofs.
function verifyProof(path, options) {
  const [bundle, key] = [parse(readText(path)), readKey(options.key)];
  const follows = (old, next, hashes) =>
    old.segment === next.segment && provesConsistency(old.size, old.root, next.size, next.root, hashes.map(decode));
  if (bundle?.format === "haechi-audit-consistency/1") {
    const [old, next] = [readCheckpoint(bundle.old, key), readCheckpoint(bundle.new, key)];
    demand(follows(old, next, bundle.consistency), "consistency does not hold");
    return { valid: true, proves: "consistency", segment: next.segment, size: next.size };
  }
  demand(bundle?.format === "haechi-audit-inclusion/1", "not a proof");
  const { segment, size, root } = readCheckpoint(bundle.checkpoint, key);
  const line = Buffer.from(String(bundle.line));
  const { entry, integrity } = readEntry(line);
  demand(integrity.sequence === bundle.index + 1 && (integrity.segment ?? 1) === segment, "entry of another place");
  const isProven = provesInclusion(hashLeaf(line), bundle.index, size, bundle.inclusion.map(decode), root);
  demand(isProven, "inclusion does not hold");
  const later = bundle.later === undefined ? null : readCheckpoint(bundle.later.checkpoint, key);
  const isContinued = later === null || follows({ segment, size, root }, later, bundle.later.consistency);
  demand(isContinued, "consistency does not hold");
  return { valid: true, proves: "inclusion", segment, size: (later ?? { size }).size, entry };
}

function tell(verdict) {
  console.log(JSON.stringify(verdict, null, 2));
  process.exitCode = verdict.valid ? 0 : 4;
}
const [what, path, ...rest] = process.argv.slice(2);
const options = {};
for (let at = 0; at + 1 < rest.length; at += 2) options[rest[at].replace(/^--/, "")] = rest[at + 1];
try {
  demand(/^(?:log|proof)$/.test(what) && path !== undefined, "see the head of this file for use");
  // Whatever else goes wrong proves nothing either.
  tell(naming("", "", () => (what === "log" ? verifyLog(path, options) : verifyProof(path, options))));
} catch ({ message }) {
  tell({ valid: false, reason: message });
}
