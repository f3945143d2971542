import { HaechiError } from "../core/errors.ts";
import { checkIdentity } from "../core/identity/check-identity.ts";
import type { Authenticator } from "../ports/authenticator.ts";

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
      const identity = await inTime(authenticator.authenticate(request), timeoutMs);
      return identity === null ? null : checkIdentity(identity, allowedLabelKeys);
    },
    close: async () => authenticator.close?.(),
  };
}

async function inTime<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const give = () => reject(new HaechiError("PROVIDER_INVALID", "The authenticator did not answer in time"));
    timer = setTimeout(give, timeoutMs);
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
