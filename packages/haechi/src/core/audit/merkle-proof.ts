import { createMerkleTree, hashNode, type MerkleTree, TREE_HASH_BYTES } from "./merkle-tree.ts";

/** Leaves `from` up to but not including `to`; the hash of a subtree over them is a part of a proof. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What proves that leaf `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1), in
 * the order of the proof; null where there is no such leaf.
 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] | null {
  if (!isCount(index) || !isCount(size) || index >= size) return null;
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/**
 * What proves that the tree of `oldSize` leaves is the beginning of that of `size`
 * (RFC 9162 §2.1.4.1), in the order of the proof; null where it cannot be.
 */
export function consistencyRanges(oldSize: number, size: number): readonly LeafRange[] | null {
  if (!isCount(oldSize) || !isCount(size) || oldSize > size) return null;
  // The empty tree is the beginning of every other; a tree is that of itself. Neither needs a proof.
  if (oldSize === 0 || oldSize === size) return [];
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to !== oldSize) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The old tree itself needs no mention where it is a subtree: whoever checks has its root.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

/** Hashes the subtrees over some ranges while the leaves of a tree go by, once and in order. */
export interface RangeHasher {
  append(leafHash: Uint8Array): void;
  /** In the order of the ranges. Null while leaves of them are still to come. */
  hashes(): readonly Uint8Array[] | null;
}

/** @param ranges none of which overlap */
export function createRangeHasher(ranges: readonly LeafRange[]): RangeHasher {
  const trees = ranges.map((range) => ({ ...range, tree: createMerkleTree() }));
  let index = 0;
  return {
    append(leafHash) {
      for (const { from, to, tree } of trees) if (index >= from && index < to) tree.append(leafHash);
      index += 1;
    },
    hashes: () => (trees.every(isComplete) ? trees.map(({ tree }) => tree.root()) : null),
  };
}

/** True when the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): boolean {
  const { index, size, root, proof } = claim;
  const ranges = inclusionRanges(index, size);
  if (ranges === null || ranges.length !== proof.length || !proof.every(isHash)) return false;
  const found = proof.reduce(
    (node, sibling, at) => (ranges[at]!.from > index ? hashNode(node, sibling) : hashNode(sibling, node)),
    claim.leafHash,
  );
  return isSame(found, root);
}

/** True when the proof shows that the new tree begins with the old one (RFC 9162 §2.1.4.2). */
export function verifyConsistency(claim: {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): boolean {
  const { oldSize, oldRoot, size, root, proof } = claim;
  const ranges = consistencyRanges(oldSize, size);
  if (ranges === null || ranges.length !== proof.length || !proof.every(isHash)) return false;
  if (oldSize === 0) return isSame(oldRoot, createMerkleTree().root());
  if (oldSize === size) return isSame(oldRoot, root);
  // The subtree that ends where the old tree ends: the first of the proof, or the whole old tree.
  const isOldGiven = ranges[0]!.to !== oldSize;
  let old = isOldGiven ? oldRoot : proof[0]!;
  let whole = old;
  for (const [at, sibling] of proof.entries()) {
    if (at === 0 && !isOldGiven) continue;
    if (ranges[at]!.from >= oldSize) {
      whole = hashNode(whole, sibling);
    } else {
      old = hashNode(sibling, old);
      whole = hashNode(sibling, whole);
    }
  }
  return isSame(old, oldRoot) && isSame(whole, root);
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function isComplete({ from, to, tree }: LeafRange & { readonly tree: MerkleTree }): boolean {
  return tree.size === to - from;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === TREE_HASH_BYTES;
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
