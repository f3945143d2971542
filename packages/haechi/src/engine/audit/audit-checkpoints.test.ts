import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Checkpoint } from "../../core/audit/checkpoint.ts";
import { sealEntry } from "../../core/audit/entry-line.ts";
import { createMerkleTree, hashLeaf } from "../../core/audit/merkle-tree.ts";
import { formatNote, type NoteSignature, parseNote } from "../../core/audit/signed-note.ts";
import type { LogSnapshot } from "../../ports/audit-snapshot.ts";
import { createCheckpointer } from "./audit-checkpoints.ts";

const LOG = "example.org/log";
const FIRST = sealEntry('{"id":"1"}', null);
const LINES = [FIRST, sealEntry('{"id":"2"}', FIRST.head)];
const SIGNATURE: NoteSignature = { keyName: LOG, keyId: "01020304", signature: new Uint8Array(64) };

const signer = { log: LOG, sign: (text: string) => formatNote({ text, signatures: [SIGNATURE] }) };

async function takeSnapshot(): Promise<LogSnapshot> {
  return {
    segments: [
      {
        number: null,
        async readLines(_start, take) {
          for (const { line } of LINES) if (!take(Buffer.from(line))) break;
        },
      },
    ],
    async close() {},
  };
}

describe("createCheckpointer", () => {
  it("goes on from more checkpoints than a call takes arguments", async () => {
    const tree = createMerkleTree();
    tree.append(hashLeaf(Buffer.from(FIRST.line)));
    const checkpoint: Checkpoint = { log: LOG, segment: 1, size: 1, root: tree.root() };
    const earlier = Array.from({ length: 250_000 }, () => checkpoint);
    const made = await createCheckpointer({ takeSnapshot, signer, earlier, witnesses: [], async keep() {} }).run();
    assert.deepEqual(
      made.map(({ checkpoint: { size } }) => size),
      [2],
    );
  });

  it("keeps what a witness signed, and nothing with which its own signature would not be believed", async () => {
    const lineOf = (signature: NoteSignature) => formatNote({ text: "x\n", signatures: [signature] }).split("\n")[2]!;
    const witnessed = lineOf({ ...SIGNATURE, keyName: "witness.example.org" });
    const answers = [
      witnessed,
      lineOf({ ...SIGNATURE, signature: new Uint8Array(64).fill(1) }),
      lineOf({ ...SIGNATURE, keyName: "with\u0001control" }),
      `${witnessed}\n\n${witnessed}`,
      "no signature",
    ];
    const kept: string[] = [];
    const witness = { witness: async () => [...answers, ...Array.from({ length: 100 }, () => witnessed)] };
    const keep = async (note: string) => void kept.push(note);
    await createCheckpointer({ takeSnapshot, signer, earlier: [], witnesses: [witness], keep }).run();
    const note = parseNote(kept[0]!);
    assert.deepEqual(note?.signatures[0], SIGNATURE);
    const names = note?.signatures.slice(1).map(({ keyName }) => keyName);
    assert.deepEqual(new Set(names), new Set(["witness.example.org"]));
    assert.match(note?.text ?? "", /^example\.org\/log\/1\n2\n/);
  });
});
