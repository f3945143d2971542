import type { Policy } from "../core/decide/policy.ts";
import type { RpcId } from "../protocols/framing/json-rpc.ts";
import type { CallDigest } from "./asked-calls.ts";
import { remember } from "./remember.ts";

/** A request that was passed on: what its answer needs to know of it. */
export interface PendingRequest {
  /** Of the exchange, in the audit log. */
  readonly correlationId: string;
  /** Vault tokens that were issued for it, id to original. */
  readonly issued: ReadonlyMap<string, string>;
  /** As it may be recorded. */
  readonly method: string;
  /** For the answer. */
  readonly policy: Policy;
  /** The call of a tool to which a person has agreed; absent for any other request. */
  readonly agreed?: CallDigest | undefined;
}

/** Which answer belongs to which question. */
export interface PendingRequests {
  /** Remembers a request. When as many as are remembered go unanswered, the oldest is forgotten. */
  add(id: RpcId, request: PendingRequest): void;
  /** The request that an answer belongs to; it is forgotten, as there is one answer to a request. */
  take(id: RpcId): PendingRequest | null;
}

/** @param requestsMax how many are remembered */
export function createPendingRequests(requestsMax = PENDING_MAX): PendingRequests {
  const requests = new Map<RpcId, PendingRequest>();
  return {
    add(id, request) {
      remember(requests, id, request, requestsMax);
    },
    take(id) {
      const request = requests.get(id) ?? null;
      requests.delete(id);
      return request;
    },
  };
}

/** An answer to a forgotten request is protected like any other; only no tokens are put back into it. */
const PENDING_MAX = 16_384;
