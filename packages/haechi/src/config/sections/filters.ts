import * as z from "zod/mini";
import { ACTIONS } from "../../core/decide/action.ts";
import { compileCustomRule } from "../../core/detect/rules/custom-rule.ts";
import { CUSTOM_VALIDATORS, type CustomValidator } from "../../core/detect/rules/custom-validators.ts";
import { isHaechiError } from "../../core/errors.ts";
import { key, keysOf, requiredKey, section } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import {
  flag,
  integer,
  listOf,
  mapOf,
  nonEmptyListOf,
  numberBetween,
  oneOf,
  text,
  textMatching,
} from "../value-kinds.ts";
import { entityType } from "./entity-type-name.ts";

const PATTERN_LENGTH_MAX = 500;
const patternExpected = `expected a regular expression of 1 to ${PATTERN_LENGTH_MAX} characters`;

// The order of the table is that of the reference page.
const validators = Object.keys(CUSTOM_VALIDATORS) as CustomValidator[];

// Each flag at most once, and not u with v: what the RegExp constructor takes.
// `y` is accepted although a scan ignores it; `g` is always on.
const flags = /^(?!.*(.).*\1)(?!.*u.*v)(?!.*v.*u)[dgimsuvy]*$/;

const customRule = keysOf({
  id: requiredKey("Rule id, written to the audit log.", text),
  type: requiredKey("Entity type of what the rule finds; a built-in one or a new one.", entityType),
  pattern: requiredKey(
    `Regular expression, at most ${PATTERN_LENGTH_MAX} characters. One that can backtrack without bound is refused at start.`,
    z
      .string({ error: patternExpected })
      .check(z.minLength(1, { error: patternExpected }), z.maxLength(PATTERN_LENGTH_MAX, { error: patternExpected })),
  ),
  flags: key(
    "Flags of the regular expression.",
    textMatching(flags, "flags from d g i m s u v y, each at most once, and not u with v"),
    "g",
  ),
  confidence: key("How sure a finding of this rule is.", numberBetween(0, 1), 0.7),
  keywords: key(
    "Words of which one stands in every match, in any case: the rule is tried only around them.",
    nonEmptyListOf(text),
  ),
  validator: key("A check that every match must pass.", oneOf(validators)),
  context: key(
    "Words near a match, or in the JSON key over it.",
    keysOf({
      requires: key("One of them must be there.", nonEmptyListOf(text)),
      forbids: key("None of them may stand before.", nonEmptyListOf(text)),
      raises: key("One of them makes a finding surer.", nonEmptyListOf(text)),
      reach: key("Characters to either side.", integer(1, 400), 40),
    }),
  ),
  direction: key(
    "Only in this direction; both when left out. A pattern without an upper bound has none.",
    oneOf(["request", "response"]),
  ),
  action: key("What happens to what the rule finds, where `policy.actions` does not name its type.", oneOf(ACTIONS)),
});

// Requests carry what is to be protected, so without TLS they stay on this machine.
const serviceExpected =
  "an https URL, or an http URL of this machine (localhost, 127.0.0.1, [::1]), without user name and password";
const serviceUrl =
  /^https:\/\/[^\s/?#@\\]+(?:\/[^\s#]*)?$|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?:\/[^\s#]*)?$/i;

const externalDetector = keysOf({
  id: requiredKey(
    "Name in audit events: the rule id of its findings is `external:<id>`.",
    textMatching(/^[a-z][a-z0-9-]{0,63}$/, "up to 64 lower-case letters, digits and -, a letter first"),
  ),
  kind: requiredKey(
    "`presidio` is the analyzer service of Microsoft Presidio; `http` any service that speaks the format of docs/guides/external-detectors.md.",
    oneOf(["presidio", "http"]),
  ),
  url: requiredKey(
    "Where questions are posted, path and all. The service sees the text in clear.",
    textMatching(serviceUrl, serviceExpected),
  ),
  tokenEnv: key(
    "Name of an environment variable whose value is sent as a bearer token.",
    textMatching(/^[A-Za-z_]\w*$/, "the name of an environment variable"),
  ),
  directions: key(
    "What it is asked about. Whole bodies only: a streamed answer is never held back for it.",
    nonEmptyListOf(oneOf(["request", "response"])),
    ["request"],
  ),
  timeoutMs: key("For all texts of one body together, in milliseconds.", integer(1, 60_000), 2_000),
  onFailure: key(
    "Without an answer in time: `block` refuses with 503, `continue` goes on with the built-in detectors and records it.",
    oneOf(["block", "continue"]),
    "block",
  ),
  language: key("Presidio only: language of the model, ISO 639-1.", text, "en"),
  minConfidence: key("Presidio only: answers below it are not asked for.", numberBetween(0, 1), 0.5),
  entities: key("Presidio only: its entity names to entity types, beside the known ones.", mapOf(text, entityType), {}),
});

const mediaAction = oneOf(["allow", "block"]);

function mediaLine(what: string): string {
  return `What happens to ${what}: counted and let through, or blocked.`;
}

const exceptionExpected = "expected a non-empty string or an object with value, path or both";

const allowlistEntry = z.union(
  [
    text,
    keysOf({
      value: key("Exactly this text.", text),
      path: key("Exactly this place, as the audit log writes it.", text),
    }).check(z.meta({ minProperties: 1 })),
  ],
  { error: exceptionExpected },
);

export const filters = section("What is looked for, and what is let through.", {
  customRules: key("Rules of your own, beside the built-in ones.", listOf(customRule), []),
  minConfidence: key(
    "Findings below this confidence are dropped; never those of hard-block types.",
    numberBetween(0, 1),
    0,
  ),
  allowlist: key(
    "Known false alarms: a text, or `{value?, path?}` that must match as a whole. Never applies to hard-block types.",
    listOf(allowlistEntry),
    [],
  ),
  externalDetectors: key(
    "Services that find what patterns cannot, such as names and addresses.",
    listOf(externalDetector),
    [],
  ),
  injectionDirections: key(
    "In which direction injections are looked for. What to do about them is for `policy.actions.injection` to say; they are only recorded otherwise.",
    nonEmptyListOf(oneOf(["request", "response"])),
    ["response"],
  ),
  media: section("Pictures, sound, video and files that are encoded in a body. They are not looked into.", {
    image: key(mediaLine("pictures"), mediaAction, "allow"),
    audio: key(mediaLine("sound"), mediaAction, "allow"),
    video: key(mediaLine("moving pictures"), mediaAction, "allow"),
    file: key(mediaLine("any other data"), mediaAction, "allow"),
  }),
  tokenIds: key(
    "What happens to a prompt in the form of token ids, which only the model can read: let through, or blocked.",
    mediaAction,
    "block",
  ),
  decodeAndRescan: key("Look into base64, base32 and hexadecimal text too.", flag, false),
});

/** Rule ids must tell rules apart, their patterns must be safe to run, and an exception must name something. */
export function filterProblems({ filters }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(filters)) return [];
  return [
    ...repeatedIds("customRules", filters.customRules),
    ...repeatedIds("externalDetectors", filters.externalDetectors),
    ...refusedPatterns(filters.customRules),
    ...contraryActions(filters.customRules),
    ...emptyExceptions(filters.allowlist),
  ];
}

function repeatedIds(list: string, entries: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(entries)) return [];
  const ids = entries.map((entry) => (isRecord(entry) ? entry.id : undefined));
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [{ path: `filters.${list}[${index}].id`, message: "expected an id that no earlier entry has" }]
      : [],
  );
}

function refusedPatterns(rules: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule, index) => {
    const { data } = customRule.safeParse(rule);
    // What is wrong with its form is told already.
    if (data === undefined) return [];
    try {
      compileCustomRule({ ...data, id: String(index + 1) });
      return [];
    } catch (error) {
      if (!isHaechiError(error, "CONFIG_INVALID")) throw error;
      return [{ path: `filters.customRules[${index}].pattern`, message: error.message }];
    }
  });
}

/** Rules of one type share what happens to it. */
function contraryActions(rules: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(rules)) return [];
  const actions = new Map<unknown, unknown>();
  return rules.flatMap((rule, index) => {
    if (!isRecord(rule) || rule.action === undefined) return [];
    const earlier = actions.get(rule.type) ?? rule.action;
    actions.set(rule.type, earlier);
    return earlier === rule.action
      ? []
      : [
          {
            path: `filters.customRules[${index}].action`,
            message: "expected the action of the earlier rule of this type",
          },
        ];
  });
}

function emptyExceptions(entries: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry, index) =>
    isRecord(entry) && entry.value === undefined && entry.path === undefined
      ? [{ path: `filters.allowlist[${index}]`, message: exceptionExpected }]
      : [],
  );
}
