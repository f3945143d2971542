import { existsSync } from "node:fs";
import { effectiveMode } from "../../config/effective-mode.ts";
import { DEFAULT_CONFIG_PATH, loadConfig } from "../../config/load.ts";
import { defaultConfig } from "../../config/parse.ts";
import type { Config } from "../../config/schema.ts";
import { MODES } from "../../core/decide/mode.ts";
import { wrapKeyFile } from "../../providers/crypto/key-custody.ts";
import { describeKeyFile } from "../../providers/crypto/key-file.ts";
import { settingWarnings } from "../../runtime/protection-report.ts";
import { changeKeys, rotateRecorded } from "../change-keys.ts";
import { clientHint, gatewayUrl } from "../client-hint.ts";
import type { Command, Given } from "../command.ts";
import type { CliIo } from "../io.ts";
import { configuredPassphrase, newPassphrase } from "../key-passphrase.ts";
import { makeKeyFile } from "../make-key-file.ts";
import { configOption, isGiven, reportOptions, textOf } from "../options.ts";
import { refuseNewKeysBesideOld } from "../refuse-new-keys.ts";
import { reported } from "../result.ts";
import { writeStarterConfig } from "../starter-config.ts";
import type { View } from "../view.ts";

export const init: Command = {
  arguments: [],
  options: [
    configOption,
    { name: "mode", value: "<mode>", choices: MODES, description: "Mode to write; dry-run when left out." },
    { name: "upstream", value: "<url>", description: "Model server to write." },
    {
      name: "rotate-key",
      description: "Make a new active key. Older ones are retired and still open what they sealed.",
    },
    {
      name: "wrap",
      description: "Wrap the keys by a pass phrase, so that they never lie in clear on the disk; see keys wrap.",
    },
    {
      name: "force",
      description:
        "Make a new active key, and replace the configuration; the one that was there is kept as .bak. Without it no keys are made where others were lost.",
    },
    ...reportOptions,
  ],
  members: ["ok", "command", "configPath", "created", "keyFile", "auditPath", "mode", "warnings", "key"],
  exitCodes: [],
  examples: [
    { line: "haechi init --upstream http://127.0.0.1:8000", purpose: "Start with a model server on this machine." },
    {
      line: "haechi init --wrap",
      purpose: "The same with a pass phrase before the keys, from HAECHI_KEY_PASSPHRASE or the terminal.",
    },
    { line: "haechi init --rotate-key", purpose: "Make a new key and leave the configuration as it is." },
  ],
  async run(given, io) {
    const path = textOf(given, "config") ?? DEFAULT_CONFIG_PATH;
    const isForced = isGiven(given, "force");
    const { created, backup } = await writeStarterConfig(path, starterSettings(given), isForced);
    const { config, warnings } = loadConfig({ path, environment: io.environment });
    const key = await makeKey(config, io, {
      rotate: isForced || isGiven(given, "rotate-key"),
      isForced,
      wrap: isGiven(given, "wrap"),
    });
    const done: InitDone = {
      ok: true,
      command: "init",
      configPath: path,
      created,
      keyFile: key === "external" ? null : config.keys.keyFile,
      auditPath: config.audit.path,
      mode: effectiveMode(config),
      warnings: [
        ...(backup === null ? [] : [`the configuration that was there is now ${backup}`]),
        ...settingWarnings(config, warnings),
      ],
      key,
    };
    return reported({ ...done }, (view) => inWords(done, config, view));
  },
};

type KeyState = "created" | "kept" | "rotated" | "external";

interface InitDone {
  readonly ok: true;
  readonly command: "init";
  readonly configPath: string;
  readonly created: boolean;
  readonly keyFile: string | null;
  readonly auditPath: string;
  readonly mode: string;
  readonly warnings: readonly string[];
  readonly key: KeyState;
}

function starterSettings(given: Given) {
  const { mode, target } = defaultConfig();
  return { mode: textOf(given, "mode") ?? mode, upstream: textOf(given, "upstream") ?? target.upstream };
}

async function makeKey(
  config: Config,
  io: CliIo,
  { rotate, isForced, wrap }: { readonly rotate: boolean; readonly isForced: boolean; readonly wrap: boolean },
): Promise<KeyState> {
  const { provider, keyFile } = config.keys;
  if (provider === "external") return "external";
  const isThere = existsSync(keyFile);
  if (!isThere && !isForced) await refuseNewKeysBesideOld(config, rotate);
  const isToWrap = wrap && !(isThere && describeKeyFile(keyFile).isWrapped);
  const passphrase = isToWrap ? await newPassphrase(config, io, undefined) : null;
  if (await makeKeyFile(keyFile, passphrase ?? (isThere ? null : configuredPassphrase(config, io)))) return "created";
  if (!rotate && passphrase === null) return "kept";
  await changeKeys(config, io, async (change) => {
    if (rotate) await rotateRecorded(change);
    if (passphrase !== null) await change.recorded("wrap", null, () => wrapKeyFile(keyFile, passphrase, change));
  });
  return rotate ? "rotated" : "kept";
}

function inWords(done: InitDone, config: Config, { paint, facts }: View): string {
  return [
    facts([
      ["configuration", `${done.configPath} (${done.created ? "written" : "kept as it was"})`],
      ["keys", done.keyFile === null ? "external" : `${done.keyFile} (${done.key})`],
      ["audit log", done.auditPath],
      ["mode", done.mode],
    ]),
    "",
    ...done.warnings.map((line) => `${paint.warning("!")} ${line}`),
    "",
    paint.title("Next"),
    `  haechi proxy     runs the gateway in front of ${config.target.upstream}`,
    "  haechi status    says what is protected and what is not",
    "  haechi config    explains every key",
    `  ${clientHint(config, gatewayUrl(config))}`,
  ].join("\n");
}
