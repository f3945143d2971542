import { HaechiError } from "../core/errors.ts";
import { checkIdentity } from "../core/identity/check-identity.ts";
import type { Authenticator } from "../ports/authenticator.ts";
import { inTime } from "./in-time.ts";

/** How long an authenticator may think about one caller. */
const AUTHENTICATE_MS = 10_000;

/**
 * An authenticator from outside whose answers are checked: what is no identity, and what does not come in time, is a
 * failure and lets nobody in.
 */
export function checkedAuthenticator(
  authenticator: Authenticator,
  allowedLabelKeys: readonly string[],
  timeoutMs = AUTHENTICATE_MS,
): Authenticator {
  const { header } = authenticator;
  return {
    ...(header === undefined ? {} : { header: header.toLowerCase() }),
    async authenticate(request) {
      const identity = await inTime(authenticator.authenticate(request), timeoutMs, tooLate);
      return identity === null ? null : checkIdentity(identity, allowedLabelKeys);
    },
    close: async () => authenticator.close?.(),
  };
}

function tooLate(): Error {
  return new HaechiError("PROVIDER_INVALID", "The authenticator did not answer in time");
}
