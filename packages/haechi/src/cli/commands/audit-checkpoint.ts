import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Config } from "../../config/schema.ts";
import { formatNoteKey, isKeyName } from "../../core/audit/signed-note.ts";
import { isHaechiError } from "../../core/errors.ts";
import { type Checkpointer, createCheckpointer } from "../../engine/audit/audit-checkpoints.ts";
import type { CheckpointWitness, SignedCheckpoint } from "../../ports/checkpoint-sink.ts";
import { appendCheckpoint, readCheckpoints } from "../../providers/checkpoints/checkpoint-file.ts";
import { createDirectoryWitness } from "../../providers/checkpoints/directory-witness.ts";
import { createHttpWitness } from "../../providers/checkpoints/http-witness.ts";
import { createNoteKeyFile, type NoteSigner, readNoteSigner } from "../../providers/checkpoints/note-signer.ts";
import { takeSnapshot } from "../../providers/storage/audit-snapshot.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import type { CliIo } from "../io.ts";
import { configOption, integerOf, isGiven, reportOptions, textOf, textsOf } from "../options.ts";
import { reported } from "../result.ts";
import { termination } from "../termination.ts";

export const auditCheckpoint: Command = {
  arguments: [],
  options: [
    {
      name: "checkpoints",
      value: "<file>",
      description: "File that checkpoints are added to; audit.checkpoints beside the log when left out.",
    },
    {
      name: "key",
      value: "<file>",
      description:
        "Signing key; audit-checkpoint.key.json beside the key file when left out. The first checkpoint makes it, and <file>.pub with what verifiers need.",
    },
    {
      name: "name",
      value: "<name>",
      description:
        "Name of the log for a key that is made now, such as example.org/gateway-1; a random one when left out.",
    },
    {
      name: "directory",
      value: "<folder>",
      isRepeatable: true,
      description:
        "Folder that keeps the newest checkpoint of each segment, best on another machine. It takes only one that goes on from what it has.",
    },
    {
      name: "witness",
      value: "<url>",
      isRepeatable: true,
      description: "Witness that is asked for its signature, by the protocol of c2sp.org/tlog-witness.",
    },
    { name: "stdout", description: "Print checkpoints, and nothing else." },
    {
      name: "every-seconds",
      value: "<seconds>",
      description:
        "Go on until SIGINT or SIGTERM: sign what is new after so many seconds, and the end of each segment.",
    },
    {
      name: "every-records",
      value: "<count>",
      description: "With --every-seconds: sign as soon as there are so many new entries too.",
    },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "auditPath", "checkpointsPath", "verifierKey", "checkpoints"],
  exitCodes: [4],
  examples: [
    { line: "haechi audit checkpoint", purpose: "Sign what the log is now." },
    {
      line: "haechi audit checkpoint --every-seconds 60 --every-records 1000 --directory elsewhere",
      purpose:
        "Beside the gateway, as a process of its own: sign once a minute and after 1,000 entries, and keep the newest elsewhere.",
    },
  ],
  async run(given, io) {
    const everySeconds = integerOf(given, "every-seconds", 1, SECONDS_MAX);
    const everyRecords = integerOf(given, "every-records", 1, Number.MAX_SAFE_INTEGER);
    if (everyRecords !== undefined && everySeconds === undefined) {
      throw usageError("--every-records needs --every-seconds");
    }
    const { config } = readConfigurationAloud(given, io);
    const checkpointsPath = textOf(given, "checkpoints") ?? defaultCheckpointsPath(config);
    const signer = signerFor(given, config, checkpointsPath);
    const made: SignedCheckpoint[] = [];
    const checkpointer = createCheckpointer({
      takeSnapshot: () => takeSnapshot(config.audit.path),
      signer,
      earlier: existsSync(checkpointsPath)
        ? readCheckpoints(checkpointsPath, signer.key).map(({ checkpoint }) => checkpoint)
        : [],
      witnesses: witnessesOf(given, signer),
      async keep(note) {
        await appendCheckpoint(checkpointsPath, note);
        if (isGiven(given, "stdout")) io.stdout.write(`${note}\n`);
      },
    });
    try {
      made.push(...(await checkpointer.run()));
      if (everySeconds !== undefined) await watch(checkpointer, { everySeconds, everyRecords }, io);
    } catch (error) {
      if (isHaechiError(error, "LOG_INCONSISTENT")) throw new CommandError(error.message, 4);
      throw error;
    }
    if (isGiven(given, "stdout") || everySeconds !== undefined) return { exitCode: 0, output: null };
    const verifierKey = formatNoteKey(signer.key);
    const checkpoints = made.map(({ checkpoint: { segment, size }, note }) => ({ segment, size, note }));
    return reported(
      { ok: true, auditPath: config.audit.path, checkpointsPath, verifierKey, checkpoints },
      ({ facts }) =>
        facts([
          ["signed", checkpoints.length === 0 ? "nothing new" : checkpoints.map(inWords).join(", ")],
          ["checkpoints", checkpointsPath],
          ["key for verifiers", verifierKey],
        ]),
    );
  },
};

/** Where the checkpoints of a configuration are, when no file is named. */
export function defaultCheckpointsPath({ audit }: Config): string {
  return join(dirname(audit.path), "audit.checkpoints");
}

/** Where the signing key of a configuration is, when none is named. */
export function defaultKeyPath({ keys }: Config): string {
  return join(dirname(keys.keyFile), "audit-checkpoint.key.json");
}

const SECONDS_MAX = 86_400;
const POLL_MS = 1000;

function inWords({ segment, size }: { readonly segment: number; readonly size: number }): string {
  return `segment ${segment} with ${size} entries`;
}

function signerFor(given: Given, config: Config, checkpointsPath: string): NoteSigner {
  const path = textOf(given, "key") ?? defaultKeyPath(config);
  const name = textOf(given, "name");
  if (name !== undefined && !isKeyName(name)) throw usageError("--name expects a name such as example.org/gateway-1");
  if (!existsSync(path)) {
    // With a new key every checkpoint that was made before would look forged.
    if (existsSync(checkpointsPath))
      throw new CommandError("there are checkpoints, and the key that signed them is missing");
    createNoteKeyFile(path, name ?? `haechi/${randomBytes(6).toString("hex")}`);
  }
  const signer = readNoteSigner(path);
  if (name !== undefined && name !== signer.key.name) throw new CommandError("the key has another name already");
  return signer;
}

function witnessesOf(given: Given, { key }: NoteSigner): readonly CheckpointWitness[] {
  const overHttp = textsOf(given, "witness").map((text) => {
    const url = URL.parse(text);
    if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
      throw usageError("--witness expects an http or https address");
    }
    return createHttpWitness({ url });
  });
  return [...textsOf(given, "directory").map((directory) => createDirectoryWitness(directory, key)), ...overHttp];
}

async function watch(
  checkpointer: Checkpointer,
  { everySeconds, everyRecords }: { readonly everySeconds: number; readonly everyRecords: number | undefined },
  { stderr }: CliIo,
): Promise<void> {
  let isEnding = false;
  const ended = termination(process).then(() => {
    isEnding = true;
  });
  for (let polled = 1; !isEnding; polled++) {
    const pause = new AbortController();
    await Promise.race([ended, setTimeout(POLL_MS, undefined, { signal: pause.signal }).catch(() => undefined)]);
    pause.abort();
    const isTime = polled % everySeconds === 0;
    if (isTime || everyRecords !== undefined) await sign(isTime ? 1 : everyRecords);
  }
  await sign(1);

  async function sign(minRecords: number | undefined): Promise<void> {
    try {
      await checkpointer.run(minRecords);
    } catch (error) {
      // A busy log or a witness that is away is tried again; a log that does not hold is not.
      if (!isHaechiError(error, "AUDIT_UNWRITABLE")) throw error;
      stderr.write(`haechi: ${error.message}\n`);
    }
  }
}
