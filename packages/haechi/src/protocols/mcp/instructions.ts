import type { JsonDocument } from "../../core/document/json-document.ts";
import { isNamed, memberKeys, ROOT } from "../../core/document/member.ts";
import { valueRange } from "../../core/document/value-range.ts";
import { digestOf } from "./item-digests.ts";
import { memberRanges, withoutMembers } from "./member-ranges.ts";
import { onlyContainer } from "./only-members.ts";

/** What a server says of itself, in the answer with which a session begins. */
export interface Instructions {
  /** Null where parsers could read different things. */
  readonly digest: string | null;
  /** The keys of the members that say so. */
  readonly keys: readonly number[];
}

/** Methods whose result has instructions for the model; the second is that of revision 2026-07-28. */
export const GREETING_METHODS: ReadonlySet<string> = new Set(["initialize", "server/discover"]);

/** The instructions in an answer; null where there are none. */
export function saidInstructions(document: JsonDocument): Instructions | null {
  const result = onlyContainer(document, ROOT, "result");
  if (result === null) return null;
  const keys = memberKeys(document, result, MEMBER);
  const [key] = keys;
  if (key === undefined) return null;
  if (keys.length > 1 || !isNamed(document, key, MEMBER)) return { digest: null, keys };
  const [start, end] = valueRange(document, key);
  const value: unknown = JSON.parse(utf8.decode(document.bytes.subarray(start, end)));
  if (value === null) return null;
  // Text is all that they are, in every revision.
  return { digest: typeof value === "string" ? digestOf(value) : null, keys };
}

/** The bytes of an answer without those members; all else stays as it is written. */
export function withoutInstructions(document: JsonDocument, { keys }: Instructions): Uint8Array {
  const result = document.leaves.container[keys[0]!]!;
  return withoutMembers(document, memberRanges(document, result, memberKeys(document, ROOT, "result")[0]!), keys);
}

const MEMBER = "instructions";
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
