import { addToken } from "../../providers/auth/bearer-file.ts";
import { createLocalCryptoProvider } from "../../providers/crypto/local-crypto-provider.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { passphraseFor } from "../key-passphrase.ts";
import { configOption, integerOf, reportOptions, textOf, textsOf } from "../options.ts";
import { reported } from "../result.ts";

const TYPES = ["user", "service", "agent"] as const;
const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS_MAX = 36_500;

export const authAdd: Command = {
  arguments: [],
  options: [
    configOption,
    { name: "type", value: "<type>", choices: TYPES, description: "Who will use it; service when left out." },
    { name: "scope", value: "<scope>", isRepeatable: true, description: "A scope of the identity; may be repeated." },
    {
      name: "label",
      value: "<key=value>",
      isRepeatable: true,
      description: "A label of the identity, with a key of auth.allowedLabelKeys; may be repeated.",
    },
    { name: "valid-days", value: "<days>", description: "How long it holds; until it is revoked when left out." },
    ...reportOptions,
  ],
  members: ["id", "type", "scopes", "labels", "token", "warning"],
  exitCodes: [],
  examples: [
    {
      line: "haechi auth add --type agent --scope chat --label team=search",
      purpose: "A token for an agent. It is shown this once and stored nowhere.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    if (config.keys.provider !== "local") {
      throw new CommandError("bearer tokens are hashed with the local keys, and keys.provider is not local");
    }
    const passphrase = await passphraseFor(config, io);
    // One moment for the whole command, so that a token holds exactly as long as was asked.
    const now = systemClock.now();
    const ports = { clock: { now: () => now }, random: systemRandom };
    const crypto = createLocalCryptoProvider({ keyFile: config.keys.keyFile, ...ports, passphrase });
    const wanted = { ...wantedToken(given, now), allowedLabelKeys: config.auth.allowedLabelKeys };
    const { token, record } = await addToken(config.auth.store, wanted, { crypto, ...ports });
    const warning = "The token is shown this once; keep it where secrets are kept.";
    const { id, type, scopes, labels } = record;
    return reported({ id, type, scopes, labels, token, warning }, ({ paint, facts }) =>
      [
        facts([
          ["id", id],
          ["token", token],
        ]),
        paint.warning(warning),
        ...(config.auth.provider === "bearer"
          ? []
          : [paint.warning(`auth.provider is ${config.auth.provider}: no token is asked for until it is bearer.`)]),
      ].join("\n"),
    );
  },
};

function wantedToken(given: Given, now: number) {
  const type = TYPES.find((name) => name === textOf(given, "type")) ?? "service";
  const validDays = integerOf(given, "valid-days", 1, VALID_DAYS_MAX);
  return {
    type,
    scopes: textsOf(given, "scope"),
    labels: Object.fromEntries(textsOf(given, "label").map(labelOf)),
    ...(validDays === undefined ? {} : { expiresAt: new Date(now + validDays * DAY_MS).toISOString() }),
  };
}

function labelOf(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw usageError("--label expects key=value");
  return [text.slice(0, at), text.slice(at + 1)];
}
