import { createHmac } from "node:crypto";
import type { JsonDocument } from "../core/document/json-document.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import { callBytes } from "../protocols/mcp/input-messages.ts";
import { inLetters } from "./handle-names.ts";
import { remember } from "./remember.ts";

/**
 * Calls of which a person is asked in the result, as in revision 2026-07-28: nothing waits meanwhile, and the client makes
 * the call again. Of a call, a keyed hash is kept.
 */
export interface AskedCalls {
  /** Null for a call that could be read as another one. */
  digestOf(document: JsonDocument, means: Means): CallDigest | null;
  /** The state that a client has to bring back with the answer; it tells nothing, and nobody can guess it. */
  ask(call: CallDigest, means: Means): string;
  /** The call that a state was given for, once; null for any other text, and when that is too long ago. */
  take(state: string, means: Means): CallDigest | null;
  /** A server wants to know more before it answers a call that a person has agreed to. */
  expect(call: CallDigest, state: string | null, means: Means): void;
  /** Whether this goes on with such a call; true once. */
  goesOn(call: CallDigest, state: string | null, means: Means): boolean;
}

interface Means {
  readonly random: Random;
  readonly clock: Clock;
}

export type CallDigest = string & { readonly callDigest: never };

export function createAskedCalls(): AskedCalls {
  let key: Uint8Array | null = null;
  const asked = new Map<string, Asked>();
  const agreed = new Map<string, Asked>();
  const digest = (parts: readonly (Uint8Array | string)[], { random }: Means): CallDigest => {
    key ??= random.bytes(KEY_BYTES);
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(`${part.length} `).update(part);
    return hmac.digest("base64url") as CallDigest; // they are made here
  };
  const stepOf = (call: CallDigest, state: string | null, means: Means) => digest([call, JSON.stringify(state)], means);
  return {
    digestOf(document, means) {
      const parts = callBytes(document);
      return parts === null ? null : digest(parts, means);
    },
    ask(call, means) {
      const state = inLetters(means.random.uuid());
      keep(asked, state, call, means);
      return state;
    },
    take: (state, means) => take(asked, state, means),
    expect: (call, state, means) => keep(agreed, stepOf(call, state, means), call, means),
    goesOn: (call, state, means) => take(agreed, stepOf(call, state, means), means) !== null,
  };
}

function keep(calls: Map<string, Asked>, name: string, call: CallDigest, { clock }: Means): void {
  remember(calls, name, { call, until: clock.now() + WORD_MS_MAX }, CALLS_MAX);
}

function take(calls: Map<string, Asked>, name: string, { clock }: Means): CallDigest | null {
  const found = calls.get(name);
  calls.delete(name);
  return found !== undefined && clock.now() < found.until ? found.call : null;
}

interface Asked {
  readonly call: CallDigest;
  /** By the clock. */
  readonly until: number;
}

const KEY_BYTES = 32;
/** Of each kind and session; the oldest is forgotten when there are more, and the person asked again. */
const CALLS_MAX = 256;
/** How long a person may take. */
export const WORD_MS_MAX = 600_000;
