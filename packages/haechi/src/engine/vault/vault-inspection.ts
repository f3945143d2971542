import { isHaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenRecord } from "../../ports/token-store.ts";
import { openRecord, TOKEN_ID } from "./vault-record.ts";

/** What was found in a vault, token by token. */
export interface VaultInspection {
  readonly tokens: number;
  /** Past their retention; nobody opens them any more. */
  readonly expired: number;
  /** Not readable as a record. */
  readonly damaged: number;
  /** Good as records, and opened by no key that is here. */
  readonly unopened: number;
  /** Tokens that are still good, by the id of the key that they were sealed under. */
  readonly byKey: Readonly<Record<string, number>>;
}

/** Opens every token that is still good, and tells nothing of what it holds. */
export async function inspectRecords(
  entries: Iterable<readonly [id: string, record: TokenRecord | null]>,
  { crypto, clock }: { readonly crypto: CryptoProvider; readonly clock: Clock },
): Promise<VaultInspection> {
  const now = new Date(clock.now()).toISOString();
  const counts = { tokens: 0, expired: 0, damaged: 0, unopened: 0 };
  const byKey = new Map<string, number>();
  for (const [id, record] of entries) {
    counts.tokens++;
    if (record === null || !TOKEN_ID.test(id)) counts.damaged++;
    else if (record.expiresAt <= now) counts.expired++;
    else {
      const kid = typeof record.envelope.kid === "string" ? record.envelope.kid : "";
      byKey.set(kid, (byKey.get(kid) ?? 0) + 1);
      if (!(await opens(crypto, id, record))) counts.unopened++;
    }
  }
  return { ...counts, byKey: Object.fromEntries(byKey) };
}

async function opens(crypto: CryptoProvider, id: string, record: TokenRecord): Promise<boolean> {
  try {
    await openRecord(crypto, id, record);
    return true;
  } catch (error) {
    if (isHaechiError(error, "ENVELOPE_REJECTED")) return false;
    throw error;
  }
}
