import { decisionEvent } from "../core/audit/build-event.ts";
import { judgeTool, restrictsTools } from "../core/decide/tool-policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { HaechiError } from "../core/errors.ts";
import {
  ITEM_KINDS,
  ITEM_LISTS,
  type ItemKind,
  type ItemList,
  listedItems,
  withoutItems,
} from "../protocols/mcp/item-lists.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";
import { recordedItem } from "./recorded-item.ts";
import { ITEM_WORDS, type PinFault, pinFault } from "./server-pins.ts";

/**
 * An answer without the items that may not be used. What was left out is recorded before this resolves.
 * @param method what the answer answers; null where nobody knows
 * @throws HaechiError DOCUMENT_NOT_JSON for a list that two parsers could read differently
 */
export async function withholdItems(
  document: JsonDocument,
  method: string | null,
  guard: MessageGuard,
): Promise<JsonDocument> {
  let kept = document;
  for (const kind of kindsIn(method)) if (holdsBack(kind, guard)) kept = await withholdKind(kept, kind, guard);
  return kept;
}

/** The lists that the answer to a method can bring. */
export function kindsIn(method: string | null): readonly ItemKind[] {
  return method === null ? ITEM_KINDS : ITEM_KINDS.filter((kind) => ITEM_LISTS[kind].method === method);
}

function holdsBack(kind: ItemKind, { policy, pins }: MessageGuard): boolean {
  return pins?.lists[kind] !== undefined || (kind === "tools" && restrictsTools(policy.tools));
}

async function withholdKind(document: JsonDocument, kind: ItemKind, guard: MessageGuard): Promise<JsonDocument> {
  const { policy, pins, haechi } = guard;
  const list = listedItems(document, kind);
  if (list === null) return document;
  if (list === "unclear") {
    throw new HaechiError("DOCUMENT_NOT_JSON", "The list is ambiguous", { reason: "ambiguous_member" });
  }
  const isDenied = list.items.map(({ name }) => kind === "tools" && DENYING.has(judgeTool(name, policy.tools)));
  const faults = pinFaults(document, list, guard);
  await recordFaulty(list, isDenied.filter(Boolean).length, faults, guard);
  const withheld = isDenied.map((denied, index) => denied || (pins?.mode === "enforce" && faults[index] !== null));
  const bytes = withoutItems(document.bytes, list, withheld);
  return bytes === document.bytes ? document : haechi.read(bytes);
}

const DENYING: ReadonlySet<string> = new Set(["denied", "unlisted"]);

/**
 * By index of the item. What has changed is remembered, as a client may use it all the same. Where a name stands twice
 * and one of the two has changed, nobody knows which of them is meant.
 */
function pinFaults(document: JsonDocument, { kind, items }: ItemList, { pins }: MessageGuard): (PinFault | null)[] {
  if (pins === null) return items.map(() => null);
  const faults = items.map(({ name, range }) =>
    pinFault(kind, name, document.bytes.subarray(range.start, range.end), pins),
  );
  const changed = new Set(items.flatMap(({ name }, index) => (faults[index] === "changed" ? (name ?? []) : [])));
  for (const { name } of items) {
    if (name === null) continue;
    if (changed.has(name)) pins.changed[kind].add(name);
    else pins.changed[kind].delete(name);
  }
  return faults.map((fault, index) => fault ?? (changed.has(items[index]!.name ?? "") ? "changed" : null));
}

async function recordFaulty(
  { kind, items }: ItemList,
  deniedCount: number,
  faults: readonly (PinFault | null)[],
  guard: MessageGuard,
): Promise<void> {
  const isEnforced = guard.pins?.mode === "enforce";
  const found = faults.flatMap((fault, index) =>
    fault === null ? [] : [{ reason: `${ITEM_WORDS[kind]}_${fault}`, name: items[index]!.name }],
  );
  await Promise.all([
    ...(deniedCount === 0 ? [] : [recordWithheld(kind, "tool_policy", true, { count: deniedCount }, guard)]),
    recordEach(kind, found, isEnforced, guard),
  ]);
}

/** Records items that are held back, or would be, one by one; of many, the number of the others. */
export async function recordEach(
  kind: ItemKind,
  found: readonly { readonly reason: string; readonly name: string | null }[],
  enforced: boolean,
  guard: MessageGuard,
): Promise<void> {
  const named = found.slice(0, RECORDED_MAX);
  const count = found.length - named.length;
  await Promise.all([
    ...named.map(({ reason, name }) => recordWithheld(kind, reason, enforced, recordedItem(kind, name, guard), guard)),
    ...(count === 0 ? [] : [recordWithheld(kind, `more_${ITEM_WORDS[kind]}s`, enforced, { count }, guard)]),
  ]);
}

const RECORDED_MAX = 64;

async function recordWithheld(
  kind: ItemKind,
  reason: string,
  enforced: boolean,
  about: object,
  guard: MessageGuard,
): Promise<void> {
  const origin = eventOrigin(ITEM_LISTS[kind].method, null, guard);
  const decision = `${ITEM_WORDS[kind]}s_withheld` as const;
  await guard.audit.record(decisionEvent(origin, { decision, reason, enforced, blocked: false, ...about }));
}
