import { hash } from "node:crypto";
import { decodeDigest } from "./base64.ts";

/** Bytes of every hash of a tree. */
export const TREE_HASH_BYTES = 32;

/** A Merkle tree (RFC 6962 §2.1, RFC 9162 §2.1) that grows at its end, in memory that does not grow with it. */
export interface MerkleTree {
  readonly size: number;
  append(leafHash: Uint8Array): void;
  root(): Uint8Array;
}

/** The hash of a leaf: SHA-256 of 0x00 and its bytes. */
export function hashLeaf(bytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(bytes.length + 1);
  input.set(bytes, 1);
  return decodeDigest(hash("sha256", input, "base64url"));
}

/** The hash of an inner node: SHA-256 of 0x01 and the hashes of its two children. */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * TREE_HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + TREE_HASH_BYTES);
  return decodeDigest(hash("sha256", input, "base64url"));
}

export function createMerkleTree(): MerkleTree {
  /** The roots of the full subtrees that the leaves make, the largest first: one for each bit of the size. */
  const peaks: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    append(leafHash) {
      let node = leafHash;
      // A subtree is complete for every bit that the addition of one carries over.
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) node = hashNode(peaks.pop()!, node);
      peaks.push(node);
      size += 1;
    },
    root() {
      if (size === 0) return decodeDigest(hash("sha256", new Uint8Array(0), "base64url"));
      return peaks.reduceRight((right, left) => hashNode(left, right));
    },
  };
}
