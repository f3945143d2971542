import { existsSync } from "node:fs";
import type { Config } from "../../config/schema.ts";
import type { Checkpoint } from "../../core/audit/checkpoint.ts";
import type { NoteKey } from "../../core/audit/signed-note.ts";
import { isHaechiError } from "../../core/errors.ts";
import { readCheckpoints } from "../../providers/checkpoints/checkpoint-file.ts";
import { readVerifierKey } from "../../providers/checkpoints/note-signer.ts";
import { verifyAuditFile } from "../../providers/storage/audit-reader.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import type { CliIo } from "../io.ts";
import { auditOption, configOption, integerOf, isGiven, reportOptions, textOf } from "../options.ts";
import { showProgress } from "../progress.ts";
import { reported } from "../result.ts";

export const auditVerify: Command = {
  arguments: [],
  options: [
    auditOption,
    {
      name: "anchor",
      value: "[file]",
      description:
        "Hold the log against these anchors, which show that its end is missing; those of the configuration when no file is named. Done without being asked when the configuration publishes anchors to a file and no other log is named.",
    },
    {
      name: "checkpoints",
      value: "<path>",
      description:
        "Hold the log against the signed checkpoints in this file, or in the files of this folder. Needs --verifier-key, as only a key from elsewhere proves anything.",
    },
    {
      name: "verifier-key",
      value: "<key>",
      description:
        "The key that signed the checkpoints, as haechi audit checkpoint prints it, or a file that it is in.",
    },
    {
      name: "first-segment",
      value: "<number>",
      description:
        "The oldest segment that must be there. Left out, it is the first, or the one that audit expire has left as the oldest, by what the log itself records.",
    },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "command", "auditPath", "anchorPath", "result"],
  exitCodes: [4],
  examples: [
    { line: "haechi audit-verify", purpose: "Check the log of the configuration." },
    {
      line: "haechi audit-verify --audit 2030-01.jsonl --anchor 2030-01.anchor.jsonl",
      purpose: "Check a log that was put aside, with the anchors that belong to it.",
    },
    {
      line: "haechi audit-verify --first-segment 3",
      purpose: "Check a log of which segments 1 and 2 were deleted by hand, on purpose.",
    },
  ],
  async run(given, io) {
    const { auditPath, anchorPath } = pathsOf(given, io);
    const firstSegment = integerOf(given, "first-segment", 1, SEGMENT_MAX);
    const progress = showProgress(auditPath, io);
    const result = await verifyAuditFile(auditPath, {
      ...(anchorPath === null ? {} : { anchorPath }),
      ...checkpointsOf(given),
      ...(firstSegment === undefined ? {} : { firstSegment }),
      onRead: progress.advance,
    }).finally(progress.end);
    const members = { ok: result.valid, command: "audit-verify", auditPath, anchorPath, result };
    return reported(
      members,
      ({ paint, facts }) =>
        [
          result.valid
            ? paint.good("The audit log holds.")
            : paint.bad(`The audit log does not hold: ${result.reason}.`),
          facts([
            ["log", auditPath],
            ["anchors", anchorPath ?? "not checked"],
            [
              "checkpoints",
              result.valid && result.checkpoints !== undefined ? String(result.checkpoints) : "not checked",
            ],
            [result.valid ? "entries" : "entries that hold", String(result.records)],
            ...(result.valid && result.segments !== undefined ? [["segments", String(result.segments)] as const] : []),
            ...(result.valid && result.expired !== undefined
              ? [["expired", expiryInWords(result.expired)] as const]
              : []),
            ...(result.valid ? [["head", result.headHash ?? "none"] as const] : []),
          ]),
        ].join("\n"),
      result.valid ? 0 : 4,
    );
  },
};

/**
 * The key of verifiers that an option gives: itself, or the file that it is in.
 * @throws CommandError
 */
export function verifierKeyOf(text: string): NoteKey {
  const key = readVerifierKey(text);
  if (key === null) throw usageError("--verifier-key expects name+id+key, or a file with it");
  return key;
}

function checkpointsOf(given: Given): { readonly checkpoints?: readonly Checkpoint[] } {
  const path = textOf(given, "checkpoints");
  const verifierKey = textOf(given, "verifier-key");
  if ((path === undefined) !== (verifierKey === undefined)) {
    throw usageError("--checkpoints and --verifier-key need each other");
  }
  if (path === undefined || verifierKey === undefined) return {};
  if (!existsSync(path)) throw new CommandError("there are no checkpoints at that path", 4);
  try {
    return { checkpoints: readCheckpoints(path, verifierKeyOf(verifierKey)).map(({ checkpoint }) => checkpoint) };
  } catch (error) {
    if (isHaechiError(error, "LOG_INCONSISTENT")) throw new CommandError(error.message, 4);
    throw error;
  }
}

/** What a verified log says of the segments that it does not have any more. */
export function expiryInWords({ segments, at }: { readonly segments: number; readonly at: string }): string {
  const which = segments === 1 ? "segment 1" : `segments 1 to ${segments}`;
  return `${which}, deleted on purpose as the log records (${at})`;
}

const SEGMENT_MAX = 999_999_999_999_999;

interface Paths {
  readonly auditPath: string;
  readonly anchorPath: string | null;
}

/** The configuration is read only where it is needed: a log that was put aside can be checked anywhere. */
function pathsOf(given: Given, io: CliIo): Paths {
  const audit = textOf(given, "audit");
  const anchor = textOf(given, "anchor");
  const isAnchorAsked = isGiven(given, "anchor");
  if (audit !== undefined && (anchor !== undefined || !isAnchorAsked)) {
    return { auditPath: audit, anchorPath: anchor ?? null };
  }
  const { config } = readConfigurationAloud(given, io);
  const isAnchored = isAnchorAsked || publishesToFile(config);
  return {
    auditPath: audit ?? config.audit.path,
    anchorPath: anchor ?? (isAnchored ? config.audit.anchor.path : null),
  };
}

function publishesToFile({ audit }: Config): boolean {
  return audit.anchor.mode === "file";
}
