import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  consistencyRanges,
  createRangeHasher,
  inclusionRanges,
  type LeafRange,
  verifyConsistency,
  verifyInclusion,
} from "./merkle-proof.ts";
import { createMerkleTree, hashLeaf } from "./merkle-tree.ts";
import vectors from "./merkle-vectors.oracle.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const vectorLeaves = vectors.leaves.map((leaf) => hashLeaf(bytes(leaf)));
const leaves = Array.from({ length: 70 }, (_, index) => hashLeaf(Buffer.from(`leaf ${index}`)));

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const tree = createMerkleTree();
  for (const leaf of hashes) tree.append(leaf);
  assert.equal(tree.size, hashes.length);
  return tree.root();
}

function prove(ranges: readonly LeafRange[] | null, hashes: readonly Uint8Array[]): Uint8Array[] {
  const hasher = createRangeHasher(ranges!);
  for (const leaf of hashes) hasher.append(leaf);
  return [...hasher.hashes()!];
}

/** The definition of RFC 6962 §2.1, word for word. */
function definedRoot(hashes: readonly Uint8Array[]): Buffer {
  if (hashes.length === 1) return Buffer.from(hashes[0]!);
  const split = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  const children = [definedRoot(hashes.slice(0, split)), definedRoot(hashes.slice(split))];
  return createHash("sha256")
    .update(Buffer.concat([Buffer.of(1), ...children]))
    .digest();
}

const flip = (node: Uint8Array, bit: number) => node.with((bit >> 3) % 32, node[(bit >> 3) % 32]! ^ (1 << (bit & 7)));

describe("a Merkle tree", () => {
  it("has the roots that Certificate Transparency publishes", () => {
    assert.deepEqual(
      vectors.roots.map((_, size) => hex(rootOf(vectorLeaves.slice(0, size)))),
      vectors.roots,
    );
  });

  it("has the root of the definition at every size", () => {
    for (let size = 1; size <= leaves.length; size++) {
      const part = leaves.slice(0, size);
      assert.equal(hex(rootOf(part)), definedRoot(part).toString("hex"));
    }
  });
});

describe("proofs of inclusion", () => {
  it("are those that Certificate Transparency publishes", () => {
    for (const { index, size, proof } of vectors.inclusion) {
      assert.deepEqual(prove(inclusionRanges(index, size), vectorLeaves.slice(0, size)).map(hex), proof);
    }
  });

  it("hold for every leaf of every tree, and for no other leaf, size, root or proof", () => {
    for (let size = 1; size <= 40; size++) {
      const root = rootOf(leaves.slice(0, size));
      for (let index = 0; index < size; index++) {
        const proof = prove(inclusionRanges(index, size), leaves.slice(0, size));
        const claim = { leafHash: leaves[index]!, index, size, root, proof };
        assert.ok(verifyInclusion(claim));
        assert.ok(!verifyInclusion({ ...claim, leafHash: leaves[size]! }));
        assert.ok(!verifyInclusion({ ...claim, root: leaves[0]!.with(0, 7) }));
        assert.ok(!verifyInclusion({ ...claim, proof: [...proof, root] }));
        if (size > 1) assert.ok(!verifyInclusion({ ...claim, index: (index + 1) % size }));
        for (let at = 0; at < proof.length; at++) {
          assert.ok(!verifyInclusion({ ...claim, proof: proof.toSpliced(at, 1) }));
          assert.ok(!verifyInclusion({ ...claim, proof: proof.with(at, flip(proof[at]!, index)) }));
        }
      }
    }
  });

  it("are not to be had before all leaves went by", () => {
    const hasher = createRangeHasher(inclusionRanges(0, 3)!);
    for (const leaf of leaves.slice(0, 3)) {
      assert.equal(hasher.hashes(), null);
      hasher.append(leaf);
    }
    assert.equal(hasher.hashes()?.length, 2);
  });

  it("are not to be had for a leaf that is not there", () => {
    for (const [index, size] of [
      [0, 0],
      [3, 3],
      [-1, 3],
      [0.5, 3],
      [1, Number.NaN],
    ] as const) {
      assert.equal(inclusionRanges(index, size), null);
    }
  });
});

describe("proofs of consistency", () => {
  it("are those that Certificate Transparency publishes", () => {
    for (const { size1, size2, proof } of vectors.consistency) {
      assert.deepEqual(prove(consistencyRanges(size1, size2), vectorLeaves.slice(0, size2)).map(hex), proof);
    }
  });

  it("hold between all sizes, and for no other root or proof", () => {
    for (let size = 1; size <= 40; size++) {
      const root = rootOf(leaves.slice(0, size));
      for (let oldSize = 0; oldSize <= size; oldSize++) {
        const oldRoot = rootOf(leaves.slice(0, oldSize));
        const proof = prove(consistencyRanges(oldSize, size), leaves.slice(0, size));
        const claim = { oldSize, oldRoot, size, root, proof };
        assert.ok(verifyConsistency(claim), `${oldSize} to ${size}`);
        assert.ok(!verifyConsistency({ ...claim, oldRoot: flip(oldRoot, size) }));
        if (oldSize > 0) assert.ok(!verifyConsistency({ ...claim, root: flip(root, size) }));
        assert.ok(!verifyConsistency({ ...claim, proof: [...proof, root] }));
        for (let at = 0; at < proof.length; at++) {
          assert.ok(!verifyConsistency({ ...claim, proof: proof.toSpliced(at, 1) }));
          assert.ok(!verifyConsistency({ ...claim, proof: proof.with(at, flip(proof[at]!, size)) }));
        }
      }
    }
  });

  it("do not hold for a history that was written again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (size, some, other) => {
        const oldSize = 1 + (some % (size - 1));
        const changed = leaves.slice(0, size).with(other % oldSize, hashLeaf(Buffer.from("forged")));
        const proof = prove(consistencyRanges(oldSize, size), changed);
        const oldRoot = rootOf(leaves.slice(0, oldSize));
        assert.ok(!verifyConsistency({ oldSize, oldRoot, size, root: rootOf(changed), proof }));
      }),
    );
  });

  it("are not to be had for a tree that became smaller", () => {
    assert.equal(consistencyRanges(4, 3), null);
    assert.ok(
      !verifyConsistency({ oldSize: 4, oldRoot: rootOf(leaves.slice(0, 4)), size: 3, root: leaves[0]!, proof: [] }),
    );
  });
});
