import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  CONSISTENCY_FORMAT,
  type ConsistencyBundle,
  encodeHashes,
  INCLUSION_FORMAT,
  type InclusionBundle,
} from "../../core/audit/proof-bundle.ts";
import { formatNoteKey, type NoteKey } from "../../core/audit/signed-note.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { SignedCheckpoint } from "../../ports/checkpoint-sink.ts";
import { readCheckpoints } from "../../providers/checkpoints/checkpoint-file.ts";
import { findEntry, proveConsistency, proveInclusion } from "../../providers/storage/audit-prover.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, integerOf, textOf } from "../options.ts";
import { written } from "../result.ts";
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
    const keyPath = join(dirname(config.keys.keyFile), "audit-checkpoint.key.json.pub");
    const key = verifierKeyOf(textOf(given, "verifier-key") ?? keyPath);
    const signed = checkpointsOf(textOf(given, "checkpoints") ?? join(dirname(auditPath), "audit.checkpoints"), key);
    const bundle =
      eventId === undefined
        ? await consistencyBundle(auditPath, signed, from!, given)
        : await inclusionBundle(auditPath, signed, eventId);
    return written(`${JSON.stringify({ ...bundle, verifierKey: formatNoteKey(key) }, null, 2)}\n`);
  },
};

/** In order of segment and size. */
function checkpointsOf(path: string, key: NoteKey): readonly SignedCheckpoint[] {
  if (!existsSync(path)) throw new CommandError("there are no checkpoints; haechi audit checkpoint makes one");
  try {
    return readCheckpoints(path, key).toSorted(
      ({ checkpoint: left }, { checkpoint: right }) => left.segment - right.segment || left.size - right.size,
    );
  } catch (error) {
    if (isHaechiError(error, "LOG_INCONSISTENT")) throw new CommandError(error.message, 4);
    throw error;
  }
}

async function inclusionBundle(
  auditPath: string,
  signed: readonly SignedCheckpoint[],
  eventId: string,
): Promise<Omit<InclusionBundle, "verifierKey">> {
  const found = await findEntry(auditPath, eventId);
  if (found === null) throw new CommandError("there is no entry of that event in the log");
  const { segment, index, line } = found;
  const covering = signed.filter(({ checkpoint }) => checkpoint.segment === segment && checkpoint.size > index);
  const [first] = covering;
  const last = covering.at(-1);
  if (first === undefined || last === undefined) {
    throw new CommandError("no checkpoint covers that entry yet; haechi audit checkpoint makes one");
  }
  const inclusion = demand(await proveInclusion(auditPath, index, first.checkpoint));
  const bundle = { format: INCLUSION_FORMAT, line, index, checkpoint: first.note, inclusion } as const;
  if (last.checkpoint.size === first.checkpoint.size) return bundle;
  const consistency = demand(await proveConsistency(auditPath, first.checkpoint.size, last.checkpoint));
  return { ...bundle, later: { checkpoint: last.note, consistency } };
}

async function consistencyBundle(
  auditPath: string,
  signed: readonly SignedCheckpoint[],
  from: number,
  given: Given,
): Promise<Omit<ConsistencyBundle, "verifierKey">> {
  const number = integerOf(given, "segment", 1, Number.MAX_SAFE_INTEGER) ?? 1;
  const to = integerOf(given, "to", 0, Number.MAX_SAFE_INTEGER);
  const ofSegment = signed.filter(({ checkpoint }) => checkpoint.segment === number);
  const old = ofSegment.find(({ checkpoint }) => checkpoint.size === from);
  const next = to === undefined ? ofSegment.at(-1) : ofSegment.find(({ checkpoint }) => checkpoint.size === to);
  if (old === undefined || next === undefined) throw new CommandError("there is no checkpoint of that size");
  const consistency = demand(await proveConsistency(auditPath, from, next.checkpoint));
  return { format: CONSISTENCY_FORMAT, old: old.note, new: next.note, consistency };
}

function demand(hashes: readonly Uint8Array[] | null): readonly string[] {
  if (hashes === null) throw new CommandError("the log is shorter than its checkpoints say", 4);
  return encodeHashes(hashes);
}
