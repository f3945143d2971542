import type { JsonDocument } from "../core/document/json-document.ts";
import { calledName } from "../protocols/mcp/tool-messages.ts";
import type { Delivery } from "./delivery.ts";
import type { MessageGuard } from "./message-guard.ts";
import { recordedItem } from "./recorded-item.ts";
import { type Refused, refuse, toldName } from "./refuse-message.ts";
import { useFault } from "./server-pins.ts";

/** Refuses to get a prompt that is not as it was pinned; null for one that may be had, and for any other message. */
export async function refusePrompt(
  document: JsonDocument,
  method: string,
  subject: Refused,
  guard: MessageGuard,
): Promise<Delivery | null> {
  if (method !== PROMPT_GET || subject.from !== "client") return null;
  const name = calledName(document);
  const reason = useFault("prompts", name, guard.pins);
  if (reason === null) return null;
  const refusal = { kind: "prompt-refused", prompt: toldName(name ?? "", guard), reason } as const;
  return await refuse(refusal, subject, PROMPT_GET, guard, recordedItem("prompts", name, guard));
}

const PROMPT_GET = "prompts/get";
