import { hash } from "node:crypto";
import type { Direction } from "../core/detect/finding.ts";
import type { LeafRun } from "../core/document/leaf-run.ts";
import type { Random } from "../ports/random.ts";
import type { FieldContents } from "./field-contents.ts";

export interface RecallContext {
  /** Whose exchange it is. */
  readonly scope: string;
  readonly direction: Direction;
  readonly scanNumbers: boolean;
}

/** How the leaves of a document are read. */
export type ReadContents = Pick<FieldContents, "readable" | "nested" | "encodedTexts">;

/** @param isCrossed a value may go on from the run to what stands before or behind it */
export type RunDigest = (run: LeafRun, isCrossed: boolean) => string;

/**
 * Hashes of everything that what is found in a run depends on: who asks for what, the bytes, which leaves are
 * read as something else, and whether values may go on beyond it.
 * @param random for a key, which lives as long as the function
 */
export function runDigests(random: Random): (contents: ReadContents, context: RecallContext) => RunDigest {
  const key = random.bytes(KEY_BYTES);
  // What is hashed is written down here one behind the other, and wiped.
  const room = Buffer.alloc(ROOM_BYTES);
  room.set(key);

  return ({ readable: { bytes, leaves }, nested, encodedTexts }, { scope, scanNumbers }) => {
    const asked = utf8.encode(JSON.stringify([scope, scanNumbers]));
    const encoded = new Set(encodedTexts.map(({ leaf }) => leaf));
    const kindOf = (leaf: number) => (nested.has(leaf) ? NESTED : encoded.has(leaf) ? ENCODED : LEFT_OUT);

    return ({ firstLeaf, pastLeaf, start, end }, isCrossed) => {
      const bytesMax = key.length + asked.length + (3 + pastLeaf - firstLeaf) * INTEGER_BYTES + end - start;
      const text = bytesMax <= room.length ? room : Buffer.concat([key], bytesMax);
      text.set(asked, key.length);
      text.set(bytes.subarray(start, end), key.length + asked.length);
      let past = key.length + asked.length + end - start;
      let emptied = 0;
      for (let leaf = firstLeaf; leaf < pastLeaf; leaf++) {
        if (leaves.start[leaf] !== leaves.end[leaf]) continue;
        past = text.writeUInt32LE((leaf - firstLeaf) * CONTENT_KINDS + kindOf(leaf), past);
        emptied++;
      }
      // With the lengths behind them, no two runs are written down alike.
      past = text.writeUInt32LE(emptied, past);
      past = text.writeUInt32LE(isCrossed ? 1 : 0, past);
      past = text.writeUInt32LE(asked.length, past);
      const digest = hash("sha256", text.subarray(0, past), "latin1");
      text.fill(0, key.length, past);
      return digest;
    };
  };
}

// What becomes of a leaf that is not read as it stands.
const LEFT_OUT = 0;
const NESTED = 1;
const ENCODED = 2;
const CONTENT_KINDS = 4;

const utf8 = new TextEncoder();
const KEY_BYTES = 32;
const INTEGER_BYTES = 4;
/** For all runs but those with a message that is longer. */
const ROOM_BYTES = 1 << 16;
