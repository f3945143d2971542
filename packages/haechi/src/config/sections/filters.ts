import * as z from "zod/mini";
import { compileCustomRule } from "../../core/detect/custom-rule.ts";
import { isHaechiError } from "../../core/errors.ts";
import { key, keysOf, requiredKey, section } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import { flag, listOf, numberBetween, text, textMatching } from "../value-kinds.ts";
import { entityType } from "./entity-type-name.ts";

const PATTERN_LENGTH_MAX = 500;
const patternExpected = `expected a regular expression of 1 to ${PATTERN_LENGTH_MAX} characters`;

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
});

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
  decodeAndRescan: key("Look into base64 and percent-encoded text too.", flag, false),
});

/** Rule ids must tell rules apart, their patterns must be safe to run, and an exception must name something. */
export function filterProblems({ filters }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(filters)) return [];
  return [
    ...repeatedIds(filters.customRules),
    ...refusedPatterns(filters.customRules),
    ...emptyExceptions(filters.allowlist),
  ];
}

function repeatedIds(rules: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(rules)) return [];
  const ids = rules.map((rule) => (isRecord(rule) ? rule.id : undefined));
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [{ path: `filters.customRules[${index}].id`, message: "expected an id that no earlier rule has" }]
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

function emptyExceptions(entries: unknown): readonly ConfigProblem[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry, index) =>
    isRecord(entry) && entry.value === undefined && entry.path === undefined
      ? [{ path: `filters.allowlist[${index}]`, message: exceptionExpected }]
      : [],
  );
}
