import { createHash, hash } from "node:crypto";
import type { Direction } from "../../core/detect/finding.ts";
import type { LeafRun } from "../../core/document/leaf-run.ts";
import type { Random } from "../../ports/random.ts";
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
    const asked = Buffer.from(JSON.stringify([scope, scanNumbers]));
    const encoded = new Set(encodedTexts.map(({ leaf }) => leaf));
    const kindOf = (leaf: number) => (nested.has(leaf) ? NESTED : encoded.has(leaf) ? ENCODED : LEFT_OUT);

    /** Writes what is read as something else in a run, and the lengths behind it: with them, no two runs are written down alike. */
    const writeKinds = ({ firstLeaf, pastLeaf }: LeafRun, isCrossed: boolean, target: Buffer, at: number): number => {
      let past = at;
      let emptied = 0;
      for (let leaf = firstLeaf; leaf < pastLeaf; leaf++) {
        if (leaves.start[leaf] !== leaves.end[leaf]) continue;
        past = target.writeUInt32LE((leaf - firstLeaf) * CONTENT_KINDS + kindOf(leaf), past);
        emptied++;
      }
      past = target.writeUInt32LE(emptied, past);
      past = target.writeUInt32LE(isCrossed ? 1 : 0, past);
      return target.writeUInt32LE(asked.length, past);
    };

    return (run, isCrossed) => {
      const text = bytes.subarray(run.start, run.end);
      const kindsBytesMax = (3 + run.pastLeaf - run.firstLeaf) * INTEGER_BYTES;
      if (key.length + asked.length + text.length + kindsBytesMax > room.length) {
        const kinds = Buffer.allocUnsafe(kindsBytesMax);
        const kindsLength = writeKinds(run, isCrossed, kinds, 0);
        const written = createHash("sha256").update(key).update(asked).update(text);
        return written.update(kinds.subarray(0, kindsLength)).digest("latin1");
      }
      room.set(asked, key.length);
      room.set(text, key.length + asked.length);
      const past = writeKinds(run, isCrossed, room, key.length + asked.length + text.length);
      const digest = hash("sha256", room.subarray(0, past), "latin1");
      room.fill(0, key.length, past);
      return digest;
    };
  };
}

// What becomes of a leaf that is not read as it stands.
const LEFT_OUT = 0;
const NESTED = 1;
const ENCODED = 2;
const CONTENT_KINDS = 4;

const KEY_BYTES = 32;
const INTEGER_BYTES = 4;
/** For all runs but those with a message that is longer: such a one is hashed where it stands, which takes a call more for each part. */
const ROOM_BYTES = 1 << 16;
