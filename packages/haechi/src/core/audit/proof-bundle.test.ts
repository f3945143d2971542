import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { canonicalJson } from "../crypto/canonical-json.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { type ChainHead, sealEntry } from "./entry-line.ts";
import { loggable } from "./loggable.ts";
import { consistencyRanges, createRangeHasher, inclusionRanges, type LeafRange } from "./merkle-proof.ts";
import { createMerkleTree, hashLeaf } from "./merkle-tree.ts";
import { type BundleVerdict, checkBundle, encodeHashes } from "./proof-bundle.ts";
import { sampleDecisionEvent } from "./sample-events.oracle.ts";
import { formatNote, type SignedNote } from "./signed-note.ts";

const LOG = "example.org/log";
const OWN = new Uint8Array(64).fill(1);

const { lines, leaves } = writeLog(9);
const INCLUSION = {
  format: "haechi-audit-inclusion/1",
  line: lines[2],
  index: 2,
  checkpoint: noteOf(5),
  inclusion: hashesOf(inclusionRanges(2, 5)!),
  later: { checkpoint: noteOf(9), consistency: hashesOf(consistencyRanges(5, 9)!) },
};
const CONSISTENCY = {
  format: "haechi-audit-consistency/1",
  old: noteOf(3),
  new: noteOf(9),
  consistency: hashesOf(consistencyRanges(3, 9)!),
};

describe("a proof", () => {
  it("of inclusion shows the entry, and how far the log is known to go", () => {
    const { later: _, ...alone } = INCLUSION;
    const entry = JSON.parse(lines[2]!);
    assert.deepEqual(check(INCLUSION), { valid: true, proves: "inclusion", segment: 1, size: 9, entry });
    assert.deepEqual(check(alone), { valid: true, proves: "inclusion", segment: 1, size: 5, entry });
  });

  it("of consistency shows how far the log goes on", () => {
    assert.deepEqual(check(CONSISTENCY), { valid: true, proves: "consistency", segment: 1, size: 9 });
  });

  it("is none in another form", () => {
    for (const bundle of [null, "proof", [], {}, { ...INCLUSION, format: "haechi-audit-inclusion/2" }]) {
      refused(bundle, "not a proof");
    }
    const badHashes = [undefined, "AA==", [1], ["A"], [null], Array.from({ length: 65 }, () => INCLUSION.inclusion[0])];
    for (const inclusion of badHashes) refused({ ...INCLUSION, inclusion }, "not a proof");
    for (const consistency of badHashes) refused({ ...CONSISTENCY, consistency }, "not a proof");
    for (const later of [null, "note", []]) refused({ ...INCLUSION, later }, "not a proof");
    refused({ ...INCLUSION, line: 1 }, "not a proof");
    refused({ ...INCLUSION, index: "2" }, "not a proof");
  });

  it("proves nothing by a checkpoint that is not signed, or of another log", () => {
    for (const checkpoint of [1, undefined, "no note", noteOf(5, { signature: new Uint8Array(64) })]) {
      refused({ ...INCLUSION, checkpoint }, "checkpoint not signed by this key");
    }
    const foreign = noteOf(9, { log: "example.org/other" });
    refused({ ...INCLUSION, checkpoint: foreign }, "checkpoint not signed by this key");
    refused({ ...CONSISTENCY, old: foreign }, "checkpoint not signed by this key");
    refused({ ...CONSISTENCY, new: foreign }, "checkpoint not signed by this key");
    const later = { ...INCLUSION.later, checkpoint: foreign };
    refused({ ...INCLUSION, later }, "checkpoint not signed by this key");
    refused(
      { ...CONSISTENCY, new: formatNote({ text: "text\n", signatures: [] }) },
      "checkpoint not signed by this key",
    );
  });

  it("proves nothing of an entry that was changed, or stands elsewhere", () => {
    refused({ ...INCLUSION, line: "{" }, "not JSON");
    refused({ ...INCLUSION, line: "{}" }, "missing auditIntegrity");
    refused({ ...INCLUSION, line: lines[2]!.replace("rate:60", "rate:61") }, "event hash mismatch");
    refused({ ...INCLUSION, index: 3 }, "entry of another place");
    refused({ ...INCLUSION, checkpoint: noteOf(5, { segment: 2 }) }, "entry of another place");
    refused({ ...INCLUSION, inclusion: INCLUSION.inclusion.toReversed() }, "inclusion does not hold");
  });

  it("proves nothing by checkpoints that do not go on from each other", () => {
    refused({ ...CONSISTENCY, old: noteOf(4) }, "consistency does not hold");
    refused({ ...CONSISTENCY, old: CONSISTENCY.new, new: CONSISTENCY.old }, "consistency does not hold");
    refused({ ...CONSISTENCY, new: noteOf(9, { segment: 2 }) }, "checkpoints of different segments");
    refused({ ...INCLUSION, later: { ...INCLUSION.later, consistency: [] } }, "consistency does not hold");
  });
});

function check(bundle: unknown): BundleVerdict {
  const isSigned = ({ signatures }: SignedNote) => signatures.some(({ signature }) => signature[0] === OWN[0]);
  return checkBundle(bundle, LOG, isSigned);
}

function refused(bundle: unknown, reason: string): void {
  assert.deepEqual(check(bundle), { valid: false, reason });
}

function writeLog(count: number): { readonly lines: readonly string[]; readonly leaves: readonly Uint8Array[] } {
  const written: string[] = [];
  let last: ChainHead | null = null;
  for (let index = 0; index < count; index++) {
    const { line, head } = sealEntry(canonicalJson(loggable(sampleDecisionEvent(index))), last);
    written.push(line);
    last = head;
  }
  return { lines: written, leaves: written.map((line) => hashLeaf(Buffer.from(line))) };
}

function hashesOf(ranges: readonly LeafRange[]): readonly string[] {
  const hasher = createRangeHasher(ranges);
  for (const leaf of leaves) hasher.append(leaf);
  return encodeHashes(hasher.hashes()!);
}

interface Signing {
  readonly log?: string;
  readonly segment?: number;
  readonly signature?: Uint8Array;
}

function noteOf(size: number, { log = LOG, segment = 1, signature = OWN }: Signing = {}): string {
  const tree = createMerkleTree();
  for (const leaf of leaves.slice(0, size)) tree.append(leaf);
  const text = formatCheckpoint({ log, segment, size, root: tree.root() });
  return formatNote({ text, signatures: [{ keyName: log, keyId: "00000001", signature }] });
}
