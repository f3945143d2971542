import { existsSync } from "node:fs";
import type { Config } from "../../config/schema.ts";
import { isMoment, withoutZone } from "../../core/audit/filter-entries.ts";
import { readCheckpoints } from "../../providers/checkpoints/checkpoint-file.ts";
import { readVerifierKey } from "../../providers/checkpoints/note-signer.ts";
import {
  type ExpirableSegment,
  type ExpiryConditions,
  expireSegments,
  findExpirable,
} from "../../providers/storage/audit-expiry.ts";
import { verifyAuditFile } from "../../providers/storage/audit-reader.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { openAuditLog } from "../open-audit-log.ts";
import { configOption, integerOf, isGiven, reportOptions, textOf } from "../options.ts";
import { showProgress } from "../progress.ts";
import { reported } from "../result.ts";
import { defaultCheckpointsPath, defaultKeyPath } from "./audit-checkpoint.ts";

export const auditExpire: Command = {
  arguments: [],
  options: [
    {
      name: "before",
      value: "<time>",
      description: "Segments that were closed before this moment: 2030-01-31 or 2030-01-31T09:30, UTC.",
    },
    { name: "keep", value: "<count>", description: "All but so many closed segments; with --before both must hold." },
    { name: "yes", description: "Yes, delete them. Left out, they are listed only." },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "auditPath", "deleted", "segments"],
  exitCodes: [4],
  examples: [
    { line: "haechi audit expire --before 2030-01-01", purpose: "List the closed segments of the years before 2030." },
    {
      line: "haechi audit expire --keep 30 --yes",
      purpose: "Delete all closed segments but the newest 30, and record it, so that verification knows.",
    },
  ],
  async run(given, io) {
    const conditions = conditionsOf(given);
    const { config } = readConfigurationAloud(given, io);
    const { path, anchor } = config.audit;
    // A log that does not hold is evidence of why.
    const progress = showProgress(path, io);
    const verdict = await verifyAuditFile(path, {
      ...(anchor.mode === "file" && { anchorPath: anchor.path }),
      onRead: progress.advance,
    }).finally(progress.end);
    if (!verdict.valid)
      throw new CommandError(`the audit log does not hold, nothing was deleted: ${verdict.reason}`, 4);
    const segments = await findExpirable(path, conditions);
    requireSigned(segments, config);
    const isDeleted = isGiven(given, "yes");
    if (isDeleted && segments.length > 0) {
      const audit = openAuditLog(config);
      await expireSegments(segments, { audit, clock: systemClock, random: systemRandom }).finally(() => audit.close());
    }
    const listed = segments.map(({ number, path: file, records, closedAt }) => ({
      number,
      path: file,
      records,
      closedAt,
    }));
    return reported({ ok: true, auditPath: path, deleted: isDeleted, segments: listed }, ({ table, paint }) => {
      if (segments.length === 0) return "There is no segment to delete.";
      const rows = segments.map((segment) => rowOf(segment));
      const end = isDeleted ? paint.good("Deleted, as the log records.") : "With --yes they are deleted.";
      return [table(["segment", "entries", "closed", "file"], rows), "", end].join("\n");
    });
  },
};

/**
 * Where checkpoints are made, the end of a segment is signed before it goes: else nobody could prove any more what it was.
 * @throws CommandError
 */
function requireSigned(segments: readonly ExpirableSegment[], config: Config): void {
  const path = defaultCheckpointsPath(config);
  const key = readVerifierKey(`${defaultKeyPath(config)}.pub`);
  if (key === null || !existsSync(path)) return;
  const signed = readCheckpoints(path, key).map(({ checkpoint }) => `${checkpoint.segment} ${checkpoint.size}`);
  const unsigned = segments.find(({ number, records }) => !signed.includes(`${number} ${records}`));
  if (unsigned === undefined) return;
  throw new CommandError(`no checkpoint covers segment ${unsigned.number} yet; haechi audit checkpoint makes one`);
}

function conditionsOf(given: Given): ExpiryConditions {
  const before = textOf(given, "before");
  if (before !== undefined && !isMoment(before)) {
    throw usageError("--before expects a day or a time, such as 2030-01-31T09:30");
  }
  const keep = integerOf(given, "keep", 0, Number.MAX_SAFE_INTEGER);
  if (before === undefined && keep === undefined) throw usageError("audit expire takes --before, --keep or both");
  return {
    ...(before === undefined ? {} : { closedBefore: millisecondsOf(before) }),
    ...(keep === undefined ? {} : { keep }),
  };
}

/** A day alone is UTC already; a time without a zone would be local time. */
function millisecondsOf(moment: string): number {
  const text = withoutZone(moment);
  return Date.parse(text.includes("T") ? `${text}Z` : text);
}

function rowOf({ number, records, closedAt, path }: ExpirableSegment): readonly string[] {
  return [String(number), String(records), closedAt, path];
}
