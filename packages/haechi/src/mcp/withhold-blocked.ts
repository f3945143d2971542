import { enforces } from "../core/decide/mode.ts";
import type { Policy } from "../core/decide/policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { type ItemKind, listedItems, withoutItems } from "../protocols/mcp/item-lists.ts";
import type { MessageGuard } from "./message-guard.ts";
import type { PendingRequest } from "./pending-requests.ts";
import { findBlocked, protectMessage } from "./protect-message.ts";
import { kindsIn, recordEach } from "./withhold-items.ts";

/**
 * A list without those of its items in which stands what the policy blocks: the others are not to blame. What is left is
 * protected like any message, so that what the policy blocks elsewhere blocks it as a whole.
 */
export async function withholdBlocked(
  document: JsonDocument,
  answers: PendingRequest | null,
  policy: Policy,
  guard: MessageGuard,
): Promise<JsonDocument> {
  if (!guard.protectsResults || !enforces(guard.mode)) return document;
  let kept = document;
  for (const kind of kindsIn(answers?.method ?? null)) kept = await withholdKind(kept, kind, answers, policy, guard);
  return kept;
}

async function withholdKind(
  document: JsonDocument,
  kind: ItemKind,
  answers: PendingRequest | null,
  policy: Policy,
  guard: MessageGuard,
): Promise<JsonDocument> {
  const { haechi, random } = guard;
  const list = listedItems(document, kind);
  if (list === null || list === "unclear" || list.items.length === 0) return document;
  const context = {
    from: "server",
    operation: "result",
    correlationId: answers?.correlationId ?? random.uuid(),
    isAnswer: true,
    policy,
    restores: NO_TOKENS,
  } as const;
  const found = await findBlocked(document, context, guard);
  const isBlocked = list.items.map(({ range }) =>
    found.some(({ start, end }) => start < range.end && end > range.start),
  );
  if (!isBlocked.includes(true)) return document;
  // What was found is recorded as for a message that consists of nothing else.
  const others = isBlocked.map((blocked) => !blocked);
  await protectMessage(haechi.read(withoutItems(document.bytes, list, others)), context, guard);
  const withheld = list.items.filter((_, index) => isBlocked[index]);
  const reason = "policy_block";
  await recordEach(
    kind,
    withheld.map(({ name }) => ({ reason, name })),
    true,
    guard,
  );
  return haechi.read(withoutItems(document.bytes, list, isBlocked));
}

const NO_TOKENS: ReadonlyMap<string, string> = new Map();
