import { decisionEvent } from "../core/audit/build-event.ts";
import { enforces } from "../core/decide/mode.ts";
import type { Policy } from "../core/decide/policy.ts";
import { type JsonDocument, NUMBER_LEAF } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import { isNamed, memberKeys, ROOT } from "../core/document/member.ts";
import { type Splice, splice } from "../core/document/splice.ts";
import { SHORT_NUMBER_LENGTH_MAX } from "../engine/find/field-contents.ts";
import { handleKeys } from "../protocols/mcp/places.ts";
import { eventOrigin, type MessageGuard, type Sender } from "./message-guard.ts";

/** A message in which every handle may cross. */
export interface NamedMessage {
  readonly document: JsonDocument;
  /** Handles that got a name with this message. */
  readonly givenCount: number;
}

/**
 * Puts names in the place of handles of the sender that the policies would change: whoever has made up a handle wants it
 * back as it was, and the other side does not care what it is. Those of the other side, which come back, are names already.
 */
export function nameHandles(
  document: JsonDocument,
  from: Sender,
  policies: ReadonlySet<Policy>,
  guard: MessageGuard,
): NamedMessage {
  const names = guard.session.handleNames;
  // Where answers do not come by here, nobody would put a handle back.
  if (guard.isOneWay || !enforces(guard.mode)) return { document, givenCount: 0 };
  const isAnswer = memberKeys(document, ROOT, "method").length === 0;
  const other = from === "client" ? "server" : "client";
  let givenCount = 0;
  const splices = handlesIn(document).flatMap(({ key, text, start, end }): Splice[] => {
    // An answer has the id of the other side.
    if (isAnswer && isIdOfMessage(document, key)) return [];
    let name = names.nameOf(text, from);
    if (
      name === null &&
      names.handleOf(text, other) === null &&
      (mustBeNamed() || names.handleOf(text, from) !== null)
    ) {
      name = names.give(text, from, guard.random.uuid());
      if (name !== null) givenCount++;
    }
    return name === null ? [] : [{ start, end, text: name }];

    function mustBeNamed(): boolean {
      if (!text.startsWith('"') && text.length <= SHORT_NUMBER_LENGTH_MAX) return false;
      const member = guard.haechi.read(utf8.encode(`{${JSON.stringify(leafText(document, key))}:${text}}`));
      return guard.haechi.wouldChange(member, policies);
    }
  });
  return splices.length === 0
    ? { document, givenCount }
    : { document: guard.haechi.read(splice(document.bytes, splices)), givenCount };
}

/** Records how many handles got a name; durable when this resolves. */
export async function recordNamed(count: number, operation: string, guard: MessageGuard): Promise<void> {
  if (count === 0) return;
  const outcome = { decision: "handles_named", reason: "policy", enforced: true, count } as const;
  await guard.audit.record(decisionEvent(eventOrigin(operation, null, guard), outcome));
}

/** The bytes of a message with the handles of the side that gets it; the same bytes where it has no names. */
export function restoreHandles(bytes: Uint8Array, to: Sender, { session, haechi }: MessageGuard): Uint8Array {
  const { handleNames } = session;
  if (handleNames.isEmpty(to)) return bytes;
  const document = haechi.read(bytes);
  const isAnswer = memberKeys(document, ROOT, "method").length === 0;
  const splices = handlesIn(document).flatMap(({ key, text, start, end }): Splice[] => {
    // That of a request is its sender's.
    if (!isAnswer && isIdOfMessage(document, key)) return [];
    const handle = handleNames.handleOf(text, to);
    return handle === null ? [] : [{ start, end, text: handle }];
  });
  return splice(bytes, splices);
}

interface Handle {
  readonly key: number;
  /** As JSON; however a side spells it, it is written like this. */
  readonly text: string;
  /** Of the value, quotes included. */
  readonly start: number;
  readonly end: number;
}

function handlesIn(document: JsonDocument): readonly Handle[] {
  const { leaves } = document;
  return handleKeys(document).flatMap((key) => {
    const value = key + 1;
    if (value >= leaves.count || leaves.slot[value] !== key) return [];
    const text = leafText(document, value);
    const [start, end] = [leaves.start[value]!, leaves.end[value]!];
    return leaves.kind[value] === NUMBER_LEAF
      ? [{ key, text, start, end }]
      : [{ key, text: JSON.stringify(text), start: start - 1, end: end + 1 }];
  });
}

function isIdOfMessage(document: JsonDocument, key: number): boolean {
  return document.leaves.container[key] === ROOT && isNamed(document, key, "id");
}

const utf8 = new TextEncoder();
