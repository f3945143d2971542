import type { AssociatedData } from "../../core/crypto/envelope.ts";
import { parseEnvelope } from "../../core/crypto/parse-envelope.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenRecord, TokenStore } from "../../ports/token-store.ts";
import { openRecord, TOKEN_ID, tokenAssociatedData } from "./vault-record.ts";

/** What became of the records of another vault. */
export interface ImportOutcome {
  readonly imported: number;
  /** Ids that the vault holds already; its own records stay. */
  readonly known: number;
  readonly expired: number;
  /** Malformed, or opened by no key that is here. */
  readonly rejected: number;
}

/**
 * Takes over records of the published format that the keys open. Each is sealed anew for its token alone, so that
 * neither the request it came from nor the key it was sealed under is needed to open it. Durable, batch by batch;
 * an import that was cut off can be run again.
 */
export async function importRecords(
  records: Iterable<readonly [id: string, record: unknown]>,
  ports: { readonly store: TokenStore; readonly crypto: CryptoProvider; readonly clock: Clock },
): Promise<ImportOutcome> {
  const counts = { imported: 0, known: 0, expired: 0, rejected: 0 };
  let batch: (readonly [string, TokenRecord])[] = [];
  for (const [id, given] of records) {
    const taken = await takeOver(id, given, ports.crypto, ports.clock.now());
    if (typeof taken === "string") counts[taken]++;
    else batch.push([id, taken]);
    if (batch.length === BATCH_RECORDS) await store();
  }
  await store();
  return counts;

  async function store(): Promise<void> {
    const next = batch;
    batch = [];
    if (next.length === 0) return;
    const stored = await ports.store.mutate((view) => {
      const missing = next.filter(([id]) => view.get(id) === undefined);
      for (const [id, record] of missing) view.set(id, record);
      return missing.length;
    });
    counts.imported += stored;
    counts.known += next.length - stored;
  }
}

const BATCH_RECORDS = 500;
const RULE_ID = /^[A-Za-z0-9][\w.:-]{0,127}$/;
/** Hashed keys and indexes; any other path may quote a document. */
const PRIVATE_PATH = /^(?:(?:key_[0-9a-f]{12}|\[\d{1,10}\])(?:\.(?!$)|$))*$/;

async function takeOver(
  id: string,
  given: unknown,
  crypto: CryptoProvider,
  now: number,
): Promise<TokenRecord | "expired" | "rejected"> {
  const type = TOKEN_ID.exec(id)?.[1];
  if (type === undefined || !isObject(given) || given.type !== type || !isObject(given.aad)) return "rejected";
  const createdAt = timeOf(given.createdAt);
  const expiresAt = timeOf(given.expiresAt);
  if (createdAt === null || expiresAt === null) return "rejected";
  if (Date.parse(expiresAt) <= now) return "expired";
  try {
    // A copy of exactly the members that a record has; any object can stand as associated data.
    const sealed = { type, envelope: parseEnvelope(given.envelope), aad: given.aad as AssociatedData };
    const plaintext = await openRecord(crypto, id, sealed);
    const aad = tokenAssociatedData(id, type);
    const envelope = await crypto.encrypt({ plaintext, aad, expiresAt });
    return { type, createdAt, expiresAt, metadata: metadataOf(given.metadata), envelope, aad };
  } catch (error) {
    if (isHaechiError(error, "ENVELOPE_REJECTED")) return "rejected";
    throw error;
  }
}

function metadataOf(metadata: unknown): TokenRecord["metadata"] {
  const { path, ruleId } = isObject(metadata) ? metadata : {};
  return {
    path: typeof path === "string" && path.length <= 1_024 && PRIVATE_PATH.test(path) ? path : "",
    ruleId: typeof ruleId === "string" && RULE_ID.test(ruleId) ? ruleId : "imported",
  };
}

/** In the form whose text order is time order; null for what is no time. */
function timeOf(value: unknown): string | null {
  const time = typeof value === "string" && value.length <= 40 ? Date.parse(value) : Number.NaN;
  const isWritable = time >= 0 && time <= LAST_MOMENT;
  return isWritable ? new Date(time).toISOString() : null;
}

/** The end of the year 9999: later times are written longer, and would not sort as text. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
