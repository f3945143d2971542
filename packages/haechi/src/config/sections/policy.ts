import * as z from "zod/mini";
import { ACTIONS, type Action } from "../../core/decide/action.ts";
import { MODES } from "../../core/decide/mode.ts";
import { PRESETS } from "../../core/decide/presets/registry.ts";
import { key, keysOf, requiredKey, section } from "../key.ts";
import { type ConfigProblem, isRecord, pathOf, type RawConfig } from "../problem.ts";
import { filePath, flag, integer, listOf, mapOf, oneOf, text, textMatching } from "../value-kinds.ts";
import { entityType } from "./entity-type-name.ts";
import { tools } from "./mcp-tools.ts";

const DEFAULT_ACTIONS: Readonly<Record<string, Action>> = { card: "block" };

const action = oneOf(ACTIONS);
const presets = listOf(oneOf([...PRESETS.keys()]));
const actions = mapOf(entityType, action);
const mergedActions = z.pipe(
  actions,
  z.transform(
    (own: Readonly<Record<string, Action>>): Readonly<Record<string, Action>> => ({
      ...DEFAULT_ACTIONS,
      ...own,
    }),
  ),
);
const modelAllowlist = listOf(text);
const rate = keysOf({ requestsPerMinute: requiredKey("Requests a minute for each identity.", integer(1)) });

const budget = keysOf({
  requestsPerDay: key("Requests in any 24 hours.", integer(1)),
  bytesPerDay: key("Bytes of request bodies in any 24 hours, as they were sent.", integer(1)),
});

const profileName = textMatching(
  /^[A-Za-z0-9][A-Za-z0-9 _.:-]{0,63}$/,
  "a profile name: up to 64 letters, digits, spaces and _ . : -, a letter or digit first",
);

const profile = keysOf({
  presets: key("Replace the presets of the base policy.", presets),
  actions: key("Merged over the actions of the base policy.", actions),
  modelAllowlist: key("Replaces the list of the base policy.", modelAllowlist),
  rate: key("Replaces the rate of the base policy.", rate),
  budget: key("Replaces the budget of the base policy.", budget),
  tools: key("Replaces `mcp.tools`.", tools),
});

const profileBinding = keysOf({
  byScope: key("Scope of an identity to profile name.", mapOf(text, profileName)),
  byLabel: key(
    "Label of an identity, written `key=value`, to profile name.",
    mapOf(textMatching(/^[^=]+=.+$/, "a label written key=value"), profileName),
  ),
  default: requiredKey("Profile of an identity that nothing else matches.", profileName),
});

export const policy = section("What happens to a finding.", {
  mode: key(
    "`enforce` changes and blocks; `dry-run` and `report-only` detect and record only. Overrides `mode` when set.",
    oneOf(MODES),
  ),
  presets: key("Named starting points, merged in order.", presets, ["korean-pii", "secrets-only", "llm-redact"]),
  defaultAction: key("For entity types without an action of their own.", action, "redact"),
  actions: z
    .prefault(mergedActions, {})
    .check(
      z.describe(
        "Action for each entity type, merged over the default ones. It may strengthen what a preset sets; weakening it is refused.",
      ),
    ),
  allowUnsafeOverrides: key("Lets `policy.actions` be weaker than the presets. Reported at every start.", flag, false),
  bundlePath: key("A signed policy bundle to use in place of the policy written here.", filePath),
  profiles: key(
    "Policies for some identities, by name; they need `policy.profileBinding`.",
    mapOf(profileName, profile),
  ),
  profileBinding: key("Which identity gets which profile: by scope, then by label, then the default.", profileBinding),
  modelAllowlist: key("Models that may be asked. Unset or empty allows all.", modelAllowlist),
  rate: key("How often an identity may ask; where nobody is known, an address.", rate),
  budget: key(
    "What all identities under a policy have together; each profile counts for itself. Counted in each process, anew from its start.",
    budget,
  ),
});

/** Profiles need a binding, and a binding may name declared profiles only. */
export function profileProblems({ policy }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(policy)) return [];
  const { profiles, profileBinding: binding } = policy;
  if (binding === undefined) {
    return profiles !== undefined
      ? [{ path: "policy.profileBinding", message: "expected an object: policy.profiles has no effect without it" }]
      : [];
  }
  if (!isRecord(binding)) return [];

  const declared = isRecord(profiles) ? profiles : {};
  return bindingTargets(binding)
    .filter(({ name }) => typeof name === "string" && !Object.hasOwn(declared, name))
    .map(({ path }) => ({ path: pathOf(path), message: "expected the name of a profile in policy.profiles" }));
}

function bindingTargets(binding: Readonly<Record<string, unknown>>) {
  const base = ["policy", "profileBinding"];
  const targets = [{ path: [...base, "default"], name: binding.default }];
  for (const member of ["byScope", "byLabel"]) {
    const bound = binding[member];
    if (!isRecord(bound)) continue;
    for (const [from, name] of Object.entries(bound)) targets.push({ path: [...base, member, from], name });
  }
  return targets;
}
