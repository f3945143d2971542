import { HaechiError, type HaechiErrorCode } from "../core/errors.ts";
import { parseIpAddress } from "../core/net/ip-address.ts";
import type { Quota, QuotaStanding, RateLimiter } from "../ports/rate-limiter.ts";
import type { Caller } from "./access.ts";
import { inTime } from "./in-time.ts";

/** A quota that a caller has taken from, or was refused by. */
export interface TakenQuota {
  readonly name: "rate" | "budget-requests" | "budget-bytes";
  readonly quota: Quota;
  /** Null where the rate limiter does not tell. */
  readonly standing: QuotaStanding | null;
}

/** Hears of every quota that was taken from, the one that refuses last. */
export type OnTaken = (taken: TakenQuota) => void;

/**
 * Counts a request against what its caller may have.
 * @throws HaechiError RATE_LIMITED, BUDGET_SPENT, RATE_LIMITER_UNAVAILABLE
 */
export async function takeRequest(
  { identity, policy }: Caller,
  remoteAddress: string | undefined,
  limiter: RateLimiter,
  onTaken: OnTaken,
): Promise<void> {
  const { requestsPerMinute, budget, profile } = policy;
  if (requestsPerMinute !== null) {
    const quota = { limit: requestsPerMinute, windowS: 60 };
    const refusal = { code: "RATE_LIMITED", reason: `rate:${requestsPerMinute}` } as const;
    await take(
      { name: "rate", key: callerKey(identity?.id, remoteAddress), quota, amount: 1, refusal },
      limiter,
      onTaken,
    );
  }
  if (budget.requestsPerDay !== null) {
    const quota = { limit: budget.requestsPerDay, windowS: DAY_S };
    const refusal = { code: "BUDGET_SPENT", reason: `budget_requests:${budget.requestsPerDay}` } as const;
    const key = `budget-requests:${profile ?? ""}`;
    await take({ name: "budget-requests", key, quota, amount: 1, refusal }, limiter, onTaken);
  }
}

/**
 * Counts the body of a request against what its caller may have.
 * @throws HaechiError BUDGET_SPENT, RATE_LIMITER_UNAVAILABLE
 */
export async function takeBytes(
  { policy: { budget, profile } }: Caller,
  bytes: number,
  limiter: RateLimiter,
  onTaken: OnTaken,
): Promise<void> {
  if (budget.bytesPerDay === null) return;
  const quota = { limit: budget.bytesPerDay, windowS: DAY_S };
  const refusal = { code: "BUDGET_SPENT", reason: `budget_bytes:${budget.bytesPerDay}` } as const;
  const key = `budget-bytes:${profile ?? ""}`;
  await take({ name: "budget-bytes", key, quota, amount: bytes, refusal }, limiter, onTaken);
}

/**
 * What a caller is counted by. Callers without an identity are told apart by address, so that one cannot spend another's
 * quota; whoever has an IPv6 network has all of its addresses, so those count as one (RFC 4291 §2.5.4: 64 bits).
 */
export function callerKey(identityId: string | undefined, remoteAddress: string | undefined): string {
  if (identityId !== undefined) return identityId;
  const address = parseIpAddress(remoteAddress ?? "");
  if (address === null) return `anonymous:${remoteAddress ?? "unknown"}`;
  if (address.bits === 32) return `anonymous:${address.value}`;
  const isMapped = address.value >> 32n === 0xffffn;
  return isMapped ? `anonymous:${address.value & 0xffffffffn}` : `anonymous:${address.value >> 64n}/64`;
}

const DAY_S = 24 * 60 * 60;
/** A rate limiter is near; what takes longer is down. */
const ANSWER_MS = 1000;

interface Asked {
  readonly name: TakenQuota["name"];
  readonly key: string;
  readonly quota: Quota;
  readonly amount: number;
  readonly refusal: { readonly code: HaechiErrorCode; readonly reason: string };
}

async function take(
  { name, key, quota, amount, refusal }: Asked,
  limiter: RateLimiter,
  onTaken: OnTaken,
): Promise<void> {
  const answer = await ask(limiter, key, quota, amount);
  const standing = readStanding(answer);
  onTaken({ name, quota, standing });
  if (answer === true || standing?.isAllowed === true) return;
  // A window later everything that was taken until now is free again.
  const retryAfterS = standing?.resetS ?? quota.windowS;
  throw new HaechiError(refusal.code, "Too much for this caller", { reason: refusal.reason, retryAfterS });
}

/** A checked copy, in whole numbers that can stand in a header; null for anything else. */
function readStanding(answer: unknown): QuotaStanding | null {
  if (typeof answer !== "object" || answer === null) return null;
  const { isAllowed, remaining, resetS }: Partial<Record<keyof QuotaStanding, unknown>> = answer;
  return { isAllowed: isAllowed === true, remaining: wholeNumber(remaining), resetS: wholeNumber(resetS) };
}

function wholeNumber(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.min(Math.ceil(value), Number.MAX_SAFE_INTEGER) : 0;
}

async function ask(limiter: RateLimiter, key: string, quota: Quota, amount: number): Promise<unknown> {
  try {
    const answer = limiter.take === undefined ? limiter.allow(key, quota.limit) : limiter.take(key, quota, amount);
    return await inTime<unknown>(answer, ANSWER_MS, () => new Error("late"));
  } catch (cause) {
    throw new HaechiError("RATE_LIMITER_UNAVAILABLE", "The rate limiter did not answer", { cause });
  }
}
