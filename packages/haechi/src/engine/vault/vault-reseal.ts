import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenRecord, TokenStore } from "../../ports/token-store.ts";
import { openRecord, tokenAssociatedData } from "./vault-record.ts";

/** What became of the tokens of a vault. */
export interface ResealOutcome {
  /** Id of the key that they are sealed under now. */
  readonly kid: string;
  readonly resealed: number;
  /** Sealed under that key already. */
  readonly current: number;
  /** Past their retention; left as they are. */
  readonly expired: number;
  /** Opened by no key that is here; left as they are. */
  readonly unopened: number;
}

/** Hears how many tokens have been looked at. */
export type OnProgress = (tokens: number) => void;

/**
 * Seals every token that is still good under the active key, so that older keys can go. Durable batch by batch, and
 * each token is what it was or sealed anew at every moment: one that was cut off can be run again and does the rest.
 * Others may use the vault meanwhile; what they change or delete stays theirs.
 */
export async function resealRecords(
  { store, crypto, clock }: { readonly store: TokenStore; readonly crypto: CryptoProvider; readonly clock: Clock },
  onProgress: OnProgress = () => undefined,
): Promise<ResealOutcome> {
  // What the active key is, only an envelope says.
  const { kid } = await crypto.encrypt({ plaintext: "", aad: { purpose: "reseal" } });
  const counts = { resealed: 0, current: 0, expired: 0, unopened: 0 };
  let looked = 0;
  for (let after = ""; ; ) {
    const batch = await readBatch(store, after);
    if (batch.length === 0) return { kid, ...counts };
    after = batch.at(-1)![0];
    const made: Resealed[] = [];
    const now = new Date(clock.now()).toISOString();
    for (const [id, record] of batch) {
      if (record.envelope.kid === kid) counts.current++;
      else if (record.expiresAt <= now) counts.expired++;
      else {
        const resealed = await reseal(crypto, id, record);
        if (resealed === null) counts.unopened++;
        else made.push({ id, before: record, after: resealed });
      }
    }
    counts.resealed += await storeUnchanged(store, made);
    looked += batch.length;
    onProgress(looked);
  }
}

/** Small enough that an exchange which waits for the vault does not notice. */
const BATCH_RECORDS = 200;

type Entry = readonly [id: string, record: TokenRecord];

interface Resealed {
  readonly id: string;
  readonly before: TokenRecord;
  readonly after: TokenRecord;
}

async function readBatch(store: TokenStore, after: string): Promise<readonly Entry[]> {
  const batch = await store.read((snapshot) => {
    const taken: Entry[] = [];
    for (const entry of snapshot.entries(after)) {
      taken.push(entry);
      if (taken.length === BATCH_RECORDS) break;
    }
    return taken;
  });
  // A store that begins anew each time would never come to an end.
  if (batch.some(([id]) => id <= after)) {
    throw new HaechiError("PROVIDER_INVALID", "The token store does not list its tokens in the order of their ids");
  }
  return batch;
}

/** Null for a record that no key here opens. */
async function reseal(crypto: CryptoProvider, id: string, record: TokenRecord): Promise<TokenRecord | null> {
  try {
    const plaintext = await openRecord(crypto, id, record);
    const aad = tokenAssociatedData(id, record.type);
    const envelope = await crypto.encrypt({ plaintext, aad, expiresAt: record.expiresAt });
    return { ...record, envelope, aad };
  } catch (error) {
    if (isHaechiError(error, "ENVELOPE_REJECTED")) return null;
    throw error;
  }
}

/** Stores those whose record nobody has changed since it was read; returns how many. */
async function storeUnchanged(store: TokenStore, made: readonly Resealed[]): Promise<number> {
  if (made.length === 0) return 0;
  return await store.mutate((view) => {
    let stored = 0;
    for (const { id, before, after } of made) {
      if (!isSameEnvelope(view.get(id), before)) continue;
      view.set(id, after);
      stored++;
    }
    return stored;
  });
}

/** No two envelopes share ciphertext, tag and initialisation vector. */
function isSameEnvelope(found: TokenRecord | undefined, { envelope }: TokenRecord): boolean {
  return (
    found !== undefined &&
    found.envelope.iv === envelope.iv &&
    found.envelope.tag === envelope.tag &&
    found.envelope.ct === envelope.ct
  );
}
