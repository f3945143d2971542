import type { Checkpoint } from "./checkpoint.ts";
import { createMerkleTree, hashLeaf, type MerkleTree } from "./merkle-tree.ts";

/** Holds the lines of a segment against checkpoints that were made while it grew. */
export interface TreeChecker {
  readonly tree: MerkleTree;
  /** Takes the next line, without its newline. False once a checkpoint does not fit. */
  addLine(line: Uint8Array): boolean;
  /** Why the segment, as far as it was given, is not what was signed; null when it is. */
  finish(): string | null;
}

/** @param checkpoints of this segment, in any order */
export function createTreeChecker(checkpoints: readonly Pick<Checkpoint, "size" | "root">[]): TreeChecker {
  const tree = createMerkleTree();
  const due = [...checkpoints].sort((left, right) => left.size - right.size);
  let next = 0;
  let fault: string | null = null;

  function compare(): void {
    for (; fault === null && due[next]?.size === tree.size; next++) {
      const root = tree.root();
      if (due[next]!.root.some((byte, at) => byte !== root[at])) fault = `checkpoint mismatch at size ${tree.size}`;
    }
  }

  compare();
  return {
    tree,
    addLine(line) {
      if (fault !== null) return false;
      tree.append(hashLeaf(line));
      compare();
      return fault === null;
    },
    finish() {
      const last = due.at(-1)?.size ?? 0;
      if (fault === null && last > tree.size) {
        return `tail truncation: a checkpoint was made at size ${last}, the log ends at ${tree.size}`;
      }
      return fault;
    },
  };
}
