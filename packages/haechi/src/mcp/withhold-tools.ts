import { decisionEvent } from "../core/audit/build-event.ts";
import { judgeTool, restrictsTools } from "../core/decide/tool-policy.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { HaechiError } from "../core/errors.ts";
import { listedTools, type ToolList, withoutTools } from "../protocols/mcp/tool-messages.ts";
import { eventOrigin, type MessageGuard } from "./message-guard.ts";
import { recordedTool } from "./tool-calls.ts";
import { type PinFault, pinFault } from "./tool-pins.ts";

/**
 * An answer without the tools that may not be called. What was left out is recorded before this resolves.
 * @throws HaechiError DOCUMENT_NOT_JSON for a list that two parsers could read differently
 */
export async function withholdTools(document: JsonDocument, guard: MessageGuard): Promise<JsonDocument> {
  const { policy, pins, haechi } = guard;
  if (!restrictsTools(policy.tools) && pins === null) return document;
  const list = listedTools(document);
  if (list === null) return document;
  if (list === "unclear") {
    throw new HaechiError("DOCUMENT_NOT_JSON", "The list of tools is ambiguous", { reason: "ambiguous_member" });
  }
  const isDenied = list.tools.map(({ name }) => DENYING.has(judgeTool(name, policy.tools)));
  const faults = pinFaults(document, list, guard);
  await recordWithheld(isDenied.filter(Boolean).length, list, faults, guard);
  const withheld = isDenied.map((denied, index) => denied || (pins?.mode === "enforce" && faults[index] !== null));
  const bytes = withoutTools(document.bytes, list, withheld);
  return bytes === document.bytes ? document : haechi.read(bytes);
}

const DENYING: ReadonlySet<string> = new Set(["denied", "unlisted"]);

/** By index of the tool; the session remembers what has changed, as a client may call it all the same. */
function pinFaults(document: JsonDocument, { tools }: ToolList, { pins, session }: MessageGuard): (PinFault | null)[] {
  if (pins === null) return tools.map(() => null);
  return tools.map(({ name, range }) => {
    const fault = pinFault(name, document.bytes.subarray(range.start, range.end), pins);
    if (name !== null && fault === "tool_changed") session.changedTools.add(name);
    if (name !== null && fault === null) session.changedTools.delete(name);
    return fault;
  });
}

async function recordWithheld(
  deniedCount: number,
  { tools }: ToolList,
  faults: readonly (PinFault | null)[],
  guard: MessageGuard,
): Promise<void> {
  const record = (reason: string, enforced: boolean, about: object) =>
    guard.audit.record(
      decisionEvent(eventOrigin("tools/list", null, guard), {
        decision: "tools_withheld",
        reason,
        enforced,
        blocked: false,
        ...about,
      }),
    );
  const isEnforced = guard.pins?.mode === "enforce";
  const found = faults.flatMap((fault, index) => (fault === null ? [] : [{ fault, name: tools[index]!.name }]));
  const named = found.slice(0, RECORDED_FAULTS_MAX);
  const rest = found.length - named.length;
  await Promise.all([
    ...(deniedCount === 0 ? [] : [record("tool_policy", true, { count: deniedCount })]),
    ...named.map(({ fault, name }) => record(fault, isEnforced, recordedTool(name, guard))),
    ...(rest === 0 ? [] : [record("more_tools", isEnforced, { count: rest })]),
  ]);
}

/** One entry each; of more, only the number. */
const RECORDED_FAULTS_MAX = 64;
