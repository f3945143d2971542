import fs from "node:fs";
import { join } from "node:path";
import { verifyConsistency } from "../../core/audit/merkle-proof.ts";
import type { NoteKey } from "../../core/audit/signed-note.ts";
import { HaechiError } from "../../core/errors.ts";
import type { CheckpointWitness } from "../../ports/checkpoint-sink.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { readRegularFile } from "../storage/regular-file.ts";
import { CHECKPOINT_EXTENSION, readCheckpoint } from "./checkpoint-file.ts";

/**
 * A folder, best on another machine, with the newest checkpoint of each segment as a
 * file. It takes only what goes on from what is there.
 */
export function createDirectoryWitness(directory: string, key: NoteKey): CheckpointWitness {
  return {
    async witness({ checkpoint, note }, proveFrom) {
      const name = `segment-${String(checkpoint.segment).padStart(6, "0")}${CHECKPOINT_EXTENSION}`;
      const path = join(directory, name);
      if (fs.existsSync(path)) {
        const { checkpoint: seen } = readCheckpoint(readRegularFile(path, NOTE_BYTES_MAX), key);
        if (seen.size > checkpoint.size) throw wentBack();
        const proof = await proveFrom(seen.size);
        if (!verifyConsistency({ ...checkpoint, oldSize: seen.size, oldRoot: seen.root, proof })) throw wentBack();
      }
      atomicWrite(path, note);
      return [];
    },
  };
}

const NOTE_BYTES_MAX = 1024 * 1024;

function wentBack(): HaechiError {
  return new HaechiError("LOG_INCONSISTENT", "The log does not go on from the checkpoint that the folder has", {
    reason: "checkpoint_inconsistent",
  });
}
