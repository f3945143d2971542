import { isScope, SCOPE_FORM } from "../../core/identity/scope.ts";
import { addToken } from "../../providers/auth/bearer-file.ts";
import { makeToken } from "../change-tokens.ts";
import type { Command, Given } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, integerOf, reportOptions, textOf, textsOf } from "../options.ts";
import { reported } from "../result.ts";
import { DAY_MS, SHOWN_ONCE, VALID_DAYS_MAX, wordsForToken } from "../token-words.ts";

const TYPES = ["user", "service", "agent"] as const;

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
    const wanted = wantedToken(given);
    const { config } = readConfigurationAloud(given, io);
    const { allowedLabelKeys, store } = config.auth;
    const { token, record } = await makeToken(config, io, { verb: "add", id: null }, ({ clock, ...ports }) => {
      // One moment for the whole command, so that a token holds exactly as long as was asked.
      const now = clock.now();
      const { validDays, ...kept } = wanted;
      const expiry = validDays === undefined ? {} : { expiresAt: new Date(now + validDays * DAY_MS).toISOString() };
      return addToken(store, { ...kept, ...expiry, allowedLabelKeys }, { ...ports, clock: { now: () => now } });
    });
    const { id, type, scopes, labels } = record;
    const members = { id, type, scopes, labels, token, warning: SHOWN_ONCE };
    return reported(members, wordsForToken(config, record, token));
  },
};

function wantedToken(given: Given) {
  const type = TYPES.find((name) => name === textOf(given, "type")) ?? "service";
  const scopes = textsOf(given, "scope");
  if (!scopes.every(isScope)) throw usageError(`--scope expects ${SCOPE_FORM}`);
  return { type, scopes, labels: labelsOf(given), validDays: integerOf(given, "valid-days", 1, VALID_DAYS_MAX) };
}

function labelsOf(given: Given): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  for (const text of textsOf(given, "label")) {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1) throw usageError("--label expects key=value");
    const key = text.slice(0, at);
    if (labels.has(key)) throw usageError("--label expects each key once");
    labels.set(key, text.slice(at + 1));
  }
  return Object.fromEntries(labels);
}
