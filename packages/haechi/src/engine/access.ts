import type { Policy } from "../core/decide/policy.ts";
import { choosePolicy, type PolicyProfiles } from "../core/decide/policy-profiles.ts";
import { HaechiError } from "../core/errors.ts";
import type { Identity } from "../core/identity/identity.ts";
import type { AuthenticationRequest, Authenticator } from "../ports/authenticator.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";

/** Who asks, and the policy that holds for them. */
export interface Caller {
  readonly identity: Identity | null;
  readonly policy: Policy;
}

export interface AccessOptions {
  /** Null when the gateway asks for no credentials. */
  readonly authenticator: Authenticator | null;
  readonly profiles: PolicyProfiles;
  readonly rateLimiter: RateLimiter;
}

/**
 * Turns a request's credentials into a caller.
 * @throws HaechiError UNAUTHENTICATED
 */
export async function identifyCaller(request: AuthenticationRequest, access: AccessOptions): Promise<Caller> {
  const identity = access.authenticator === null ? null : await authenticate(request, access.authenticator);
  return { identity, policy: choosePolicy(access.profiles, identity) };
}

/**
 * Refuses a request for a model outside the policy's list. With a list in force
 * every model that any parser could read must be on it, and one must be named.
 * @throws HaechiError MODEL_NOT_ALLOWED
 */
export function checkModels(
  requested: { readonly names: readonly string[]; readonly incomplete: boolean },
  policy: Policy,
): void {
  const allowed = policy.modelAllowlist;
  if (allowed === null) return;
  if (requested.incomplete) {
    throw new HaechiError("MODEL_NOT_ALLOWED", "The policy asks for a model by name", { reason: "model_missing" });
  }
  if (!requested.names.every((name) => allowed.has(name))) {
    throw new HaechiError("MODEL_NOT_ALLOWED", "The policy does not allow this model", { reason: "model_not_listed" });
  }
}

async function authenticate(request: AuthenticationRequest, authenticator: Authenticator): Promise<Identity> {
  let identity: Identity | null;
  try {
    identity = await authenticator.authenticate(request);
  } catch (cause) {
    throw new HaechiError("UNAUTHENTICATED", "Authentication failed", { reason: "provider_error", cause });
  }
  if (identity !== null) return identity;
  const presented = request.headers[authenticator.header ?? "authorization"] !== undefined;
  throw presented
    ? new HaechiError("UNAUTHENTICATED", "Authentication failed", { reason: "invalid_token" })
    : new HaechiError("UNAUTHENTICATED", "Authentication required", { reason: "no_token" });
}
