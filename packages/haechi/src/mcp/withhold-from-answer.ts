import type { Policy } from "../core/decide/policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import type { MessageGuard } from "./message-guard.ts";
import type { PendingRequest } from "./pending-requests.ts";
import { withholdBlocked } from "./withhold-blocked.ts";
import { withholdInstructions } from "./withhold-instructions.ts";
import { withholdItems } from "./withhold-items.ts";

/**
 * The answer of a server without what the client must not see of what it offers: tools that may not be called, whatever is not
 * as it was pinned, and items of lists that the policy blocks. It is recorded before this resolves.
 * @param answers what the answer answers; null where nobody knows, and it may be any list
 * @throws HaechiError DOCUMENT_NOT_JSON for a list that two parsers could read differently
 */
export async function withholdFromAnswer(
  document: JsonDocument,
  answers: PendingRequest | null,
  policy: Policy,
  guard: MessageGuard,
): Promise<JsonDocument> {
  const method = answers?.method ?? null;
  const greeting = await withholdInstructions(document, method, guard);
  const listed = await withholdItems(greeting, method, guard);
  return await withholdBlocked(listed, answers, policy, guard);
}
