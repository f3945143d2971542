import type * as z from "zod/mini";
import { type ConfigProblem, configInvalid, isRecord, pathOf, type RawConfig } from "./problem.ts";
import { type Config, configSchema } from "./schema.ts";
import { Secret } from "./secret.ts";
import { authPluginProblems } from "./sections/auth-plugin.ts";
import { filterProblems } from "./sections/filters.ts";
import { profileProblems } from "./sections/policy.ts";
import { trustedHopProblems, workerProblems } from "./sections/proxy.ts";
import { tlsProblems } from "./sections/proxy-tls.ts";
import { targetAuthProblems } from "./sections/target-auth.ts";
import { targetTlsProblems } from "./sections/target-connection.ts";
import { targetUpstreamProblems } from "./sections/target-upstreams.ts";
import { versionProblem } from "./upgrade.ts";

/** Rules between keys. They read the configuration as written, so that they speak up beside other problems. */
const crossKeyRules = [
  tlsProblems,
  trustedHopProblems,
  workerProblems,
  filterProblems,
  profileProblems,
  authPluginProblems,
  targetAuthProblems,
  targetTlsProblems,
  targetUpstreamProblems,
];

/**
 * The complete configuration that `input` describes, with every default filled in.
 * @throws HaechiError CONFIG_INVALID with all problems at once
 */
export function parseConfig(input: unknown): Config {
  const checked = checkConfig(input);
  if (checked.config === null) throw configInvalid("the configuration", checked.problems);
  return checked.config;
}

/** What applies when nothing is configured. */
export function defaultConfig(): Config {
  return parseConfig({});
}

export type CheckedConfig =
  | { readonly config: Config; readonly problems: readonly [] }
  | { readonly config: null; readonly problems: readonly ConfigProblem[] };

/** The configuration that `input` describes, or everything that is wrong with it. */
export function checkConfig(input: unknown): CheckedConfig {
  const raw: RawConfig = isRecord(input) ? input : {};
  const newer = versionProblem(raw);
  if (newer !== null) return { config: null, problems: [newer] };

  const parsed = configSchema.safeParse(input);
  const problems = distinct([
    ...schemaProblems(parsed.error?.issues ?? []),
    ...crossKeyRules.flatMap((rule) => rule(raw)),
  ]);
  if (!parsed.success || problems.length > 0) return { config: null, problems };
  if (parsed.data.auth.provider === "plugin") return { config: null, problems: [pluginsNotRun] };

  const { $schema: _, ...config } = parsed.data;
  return { config: deepFreeze(config), problems: [] };
}

const pluginsNotRun: ConfigProblem = {
  path: "auth.provider",
  message: "expected none, bearer or external: this build does not run plugins yet",
};

function schemaProblems(
  issues: readonly z.core.$ZodIssue[],
  above: readonly PropertyKey[] = [],
): readonly ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path];
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((name) => ({ path: pathOf([...path, name]), message: issue.message }));
      case "invalid_union": {
        const alternative = meantAlternative(issue);
        return alternative === undefined
          ? [{ path: pathOf(path), message: issue.message }]
          : schemaProblems(alternative, path);
      }
      case "invalid_key":
        return issue.issues.map(({ message }) => ({ path: pathOf(path), message: `${message} as the name` }));
      default:
        return [{ path: pathOf(path), message: issue.message }];
    }
  });
}

/** The one alternative of a union whose type fits what was written, if there is one. */
function meantAlternative(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] | undefined {
  return issue.errors.find((issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0));
}

/** Two checks of one value may say the same. */
function distinct(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.filter(
    ({ path, message }, index) =>
      problems.findIndex((other) => other.path === path && other.message === message) === index,
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || value instanceof Secret || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
