import type { OnTaken, TakenQuota } from "../../engine/quotas.ts";
import type { ClientResponse } from "../client-message.ts";

/**
 * Tells the client how it stands, in the headers `RateLimit-Policy` and `RateLimit` of every answer from then on
 * (draft-ietf-httpapi-ratelimit-headers-10). Quotas of an upstream, which has another name for them, are not ours to say.
 */
export function announceQuotas(response: ClientResponse): OnTaken {
  const taken: Required<TakenQuota>[] = [];
  return (quota) => {
    if (quota.standing === null) return;
    taken.push(quota);
    response.setHeader("ratelimit-policy", taken.map(policyItem).join(", "));
    response.setHeader("ratelimit", taken.map(standingItem).join(", "));
  };
}

function policyItem({ name, quota: { limit, windowS } }: TakenQuota): string {
  const unit = name === "budget-bytes" ? ';qu="content-bytes"' : "";
  return `"${name}";q=${limit};w=${windowS}${unit}`;
}

function standingItem({ name, standing }: TakenQuota): string {
  return `"${name}";r=${standing?.remaining ?? 0};t=${standing?.resetS ?? 0}`;
}
