import { existsSync } from "node:fs";
import type { ConsistencyBundle, InclusionBundle } from "../../core/audit/proof-bundle.ts";
import type { NoteKey } from "../../core/audit/signed-note.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { SignedCheckpoint } from "../../ports/checkpoint-sink.ts";
import { type ProofSources, proveEntry, proveGrowth } from "../../providers/checkpoints/audit-proofs.ts";
import { readCheckpoints } from "../../providers/checkpoints/checkpoint-file.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, integerOf, textOf } from "../options.ts";
import { written } from "../result.ts";
import { defaultCheckpointsPath, defaultKeyPath } from "./audit-checkpoint.ts";
import { verifierKeyOf } from "./audit-verify.ts";

export const auditProve: Command = {
  arguments: [],
  options: [
    {
      name: "event",
      value: "<id>",
      description: "The event whose entry is proven: the auditId of an answer, or an id in the log.",
    },
    { name: "from", value: "<size>", description: "In place of --event: the size of an earlier checkpoint." },
    {
      name: "to",
      value: "<size>",
      description: "With --from: the size of a later checkpoint; the newest of the segment when left out.",
    },
    { name: "segment", value: "<number>", description: "With --from: the segment; 1 when left out." },
    {
      name: "checkpoints",
      value: "<path>",
      description: "File or folder of checkpoints; audit.checkpoints beside the log when left out.",
    },
    {
      name: "verifier-key",
      value: "<key>",
      description:
        "The key that signed them, or a file with it; audit-checkpoint.key.json.pub beside the key file when left out.",
    },
    configOption,
  ],
  members: [],
  exitCodes: [4],
  examples: [
    {
      line: "haechi audit prove --event 5b1c3a52-0f0e-4c3e-9d5e-2f6f8b7f6a11 > proof.json",
      purpose: "Hand over one entry, with the proof that it is in the log.",
    },
    {
      line: "haechi audit prove --from 1000 --to 2000 > proof.json",
      purpose: "Prove that the log of one checkpoint goes on from that of another.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const auditPath = config.audit.path;
    const eventId = textOf(given, "event");
    const from = integerOf(given, "from", 0, Number.MAX_SAFE_INTEGER);
    if ((eventId === undefined) === (from === undefined)) throw usageError("one of --event and --from is needed");
    const key = verifierKeyOf(textOf(given, "verifier-key") ?? `${defaultKeyPath(config)}.pub`);
    const checkpoints = checkpointsOf(textOf(given, "checkpoints") ?? defaultCheckpointsPath(config), key);
    const proof = await orExit4<ConsistencyBundle | InclusionBundle>(
      eventId === undefined
        ? proofOfGrowth(auditPath, from!, given, { checkpoints, key })
        : proofOfEntry(auditPath, eventId, { checkpoints, key }),
    );
    return written(`${JSON.stringify(proof, null, 2)}\n`);
  },
};

function checkpointsOf(path: string, key: NoteKey): readonly SignedCheckpoint[] {
  if (!existsSync(path)) throw new CommandError("there are no checkpoints; haechi audit checkpoint makes one");
  try {
    return readCheckpoints(path, key);
  } catch (error) {
    throw asExit4(error);
  }
}

async function proofOfEntry(auditPath: string, eventId: string, sources: ProofSources): Promise<InclusionBundle> {
  const proof = await proveEntry(auditPath, eventId, sources);
  if (proof === "unknown event") throw new CommandError("there is no entry of that event in the log");
  if (proof === "not covered") {
    throw new CommandError("no checkpoint covers that entry yet; haechi audit checkpoint makes one");
  }
  return proof;
}

async function proofOfGrowth(
  auditPath: string,
  from: number,
  given: Given,
  sources: ProofSources,
): Promise<ConsistencyBundle> {
  const segment = integerOf(given, "segment", 1, Number.MAX_SAFE_INTEGER) ?? 1;
  const to = integerOf(given, "to", 0, Number.MAX_SAFE_INTEGER);
  const proof = await proveGrowth(auditPath, { from, segment, ...(to === undefined ? {} : { to }) }, sources);
  if (proof === null) throw new CommandError("there is no checkpoint of that size");
  return proof;
}

async function orExit4<T>(proving: Promise<T>): Promise<T> {
  try {
    return await proving;
  } catch (error) {
    throw asExit4(error);
  }
}

/** Evidence that does not hold ends with the exit code for it. */
function asExit4(error: unknown): unknown {
  return isHaechiError(error, "LOG_INCONSISTENT") ? new CommandError(error.message, 4) : error;
}
