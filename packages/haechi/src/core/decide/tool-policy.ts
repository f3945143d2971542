import type { EntityType } from "../detect/entity-type.ts";
import { foldedName } from "../document/member.ts";
import type { Policy, ToolPolicy, ToolRule } from "./policy.ts";

/** What a policy says of a call; `unlisted` is what `allow` does not name. */
export type ToolVerdict = "allowed" | "ask" | "denied" | "unlisted";

/**
 * Whether a tool may be called.
 * @param name null where it cannot be read, which only a policy that allows every tool lets pass
 */
export function judgeTool(name: string | null, tools: ToolPolicy): ToolVerdict {
  if (name === null || name.length > TOOL_NAME_LENGTH_MAX) return restrictsTools(tools) ? "unlisted" : "allowed";
  // A server may take a name in any letters; what is allowed is written as it is.
  const folded = foldName(name);
  if (tools.deny.some((pattern) => matches(foldName(pattern), folded))) return "denied";
  if (!tools.allow.some((pattern) => matches(pattern, name))) return "unlisted";
  return tools.ask.some((pattern) => matches(foldName(pattern), folded)) ? "ask" : "allowed";
}

/** True when not every tool may be called and treated like any other message. */
export function restrictsTools({ allow, deny, ask, rules }: ToolPolicy): boolean {
  return deny.length > 0 || ask.length > 0 || rules.length > 0 || !allow.includes("*");
}

/** The policy for what a tool is told, and for what it says. */
export function toolPolicies(name: string | null, policy: Policy): Pick<ToolRule, "arguments" | "results"> {
  return ruleFor(name, policy.tools) ?? { arguments: policy, results: policy };
}

/** What may be put back into calls of a tool; null for nothing. Only a name exactly as it is written gets it. */
export function restorationFor(name: string | null, { rules }: ToolPolicy): Restoration | null {
  const rule = name === null ? undefined : rules.find(({ tools }) => tools.some((pattern) => matches(pattern, name)));
  return rule === undefined || rule.restoreTypes.size === 0 ? null : rule;
}

export interface Restoration extends Pick<ToolRule, "restoreFrom"> {
  readonly restoreTypes: ReadonlySet<EntityType>;
}

/** True for a name that the operator has written out, which may so be recorded. */
export function writesOut(name: string, { allow, deny, ask, rules }: ToolPolicy): boolean {
  return [allow, deny, ask, ...rules.map(({ tools }) => tools)].some((patterns) => patterns.includes(name));
}

/** Longer ones are no names. MCP has up to 128 characters (revision 2025-11-25, Tool Names). */
export const TOOL_NAME_LENGTH_MAX = 256;

function ruleFor(name: string | null, { rules }: ToolPolicy): ToolRule | undefined {
  if (name === null) return undefined;
  const folded = foldName(name);
  return rules.find(({ tools }) => tools.some((pattern) => matches(foldName(pattern), folded)));
}

/** Readers trim names, overlook what cannot be seen in them, and some end them at a zero. */
function foldName(name: string): string {
  const [read = ""] = name.split("\0", 1);
  return foldedName(read.replaceAll(UNSEEN, ""));
}

const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** Whether a text is of a form: `*` is any text, `?` any character. Its time is at most the product of the lengths. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let place = 0;
  /** Behind the last star, and what it covers so far ends here. */
  let afterStar = -1;
  let covered = 0;
  while (at < text.length) {
    if (pattern[place] === "*") {
      afterStar = ++place;
      covered = at;
    } else if (place < pattern.length && (pattern[place] === "?" || pattern[place] === text[at])) {
      place++;
      at++;
    } else if (afterStar !== -1) {
      place = afterStar;
      at = ++covered;
    } else {
      return false;
    }
  }
  while (pattern[place] === "*") place++;
  return place === pattern.length;
}
