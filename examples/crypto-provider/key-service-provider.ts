import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes } from "node:crypto";
import {
  type AssociatedData,
  type CryptoProvider,
  canonicalJson,
  type Envelope,
  encodeAssociatedData,
  parseEnvelope,
} from "../../packages/haechi/src/public/crypto.ts";
import { HaechiError } from "../../packages/haechi/src/public/errors.ts";

/** What the key service of the company does with keys that never leave it; it rejects when it cannot be reached. */
export interface KeyService {
  /** Encrypts a data key under the newest key. */
  wrap(dataKey: Uint8Array): Promise<{ readonly kid: string; readonly wrapped: Uint8Array }>;
  /** Null for what no key with this id has wrapped. */
  unwrap(kid: string, wrapped: Uint8Array): Promise<Uint8Array | null>;
  /** HMAC-SHA-256 under a key that is never rotated. */
  mac(text: string): Promise<Uint8Array>;
}

export interface KeyServiceOptions {
  readonly service: KeyService;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Custody by a key service. A data key seals many texts, so that the service is not asked for each. */
export function createKeyServiceProvider({ service, now }: KeyServiceOptions): Required<CryptoProvider> {
  let session: Promise<DataKey> | null = null;
  let sealed = 0;
  let renewAt = 0;
  const opened = new Map<string, Promise<Uint8Array>>();
  const domainKeys = new Map<string, Promise<Uint8Array>>();
  return {
    async encrypt(input) {
      return seal(input, await dataKey(), new Date(now()).toISOString());
    },
    async decrypt({ envelope: given, aad }) {
      const envelope = parseEnvelope(given);
      const { iv, ct, tag, ...header } = envelope;
      if (envelope.expiresAt !== undefined && !(now() < Date.parse(envelope.expiresAt)))
        throw rejected("it has expired");
      if (envelope.aadHash !== hashOf(aad)) throw rejected("the associated data differs");
      const key = await openedKey(envelope);
      const decipher = createDecipheriv("aes-256-gcm", key, bytesOf(iv), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(canonicalJson(header)));
      decipher.setAuthTag(bytesOf(tag));
      try {
        return Buffer.concat([decipher.update(bytesOf(ct)), decipher.final()]).toString("utf8");
      } catch {
        throw rejected("it was changed");
      }
    },
    async hmac({ data, domain }) {
      if (typeof domain !== "string" || domain === "")
        throw new HaechiError("PROVIDER_INVALID", "A hash needs a domain");
      const key = await remembered(domainKeys, domain, () => service.mac(domain));
      return createHmac("sha256", key).update(data).digest("hex");
    },
  };

  function dataKey(): Promise<DataKey> {
    if (session === null || sealed >= SEALED_MAX || now() >= renewAt) {
      sealed = 0;
      renewAt = now() + RENEW_MS;
      const made = newDataKey();
      session = made;
      // The next text asks again.
      made.catch(() => {
        if (session === made) session = null;
      });
    }
    sealed += 1;
    return session;
  }

  async function newDataKey(): Promise<DataKey> {
    const key = randomBytes(32);
    const { kid, wrapped } = await reached(service.wrap(key));
    return { kid, wrappedKey: base64url(wrapped), key };
  }

  function openedKey({ kid, wrappedKey }: Envelope): Promise<Uint8Array> {
    if (wrappedKey === undefined) throw rejected("it has no wrapped key");
    return remembered(opened, `${kid} ${wrappedKey}`, async () => {
      const key = await service.unwrap(kid, bytesOf(wrappedKey));
      if (key === null) throw rejected("its key is unknown");
      return key;
    });
  }
}

/** Everything that the envelope says is authenticated: neither key nor expiry can be exchanged. */
function seal(
  { plaintext, aad, expiresAt }: Parameters<CryptoProvider["encrypt"]>[0],
  { kid, wrappedKey, key }: DataKey,
  createdAt: string,
): Envelope {
  const header = {
    v: 2,
    alg: "AES-256-GCM",
    kid,
    wrappedKey,
    aadHash: hashOf(aad),
    aadEncoding: "nfkc-json-v2",
    createdAt,
    ...(expiresAt === undefined ? undefined : { expiresAt }),
  } as const;
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(canonicalJson(header)));
  const ct = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return { ...header, iv: base64url(iv), ct: base64url(ct), tag: base64url(cipher.getAuthTag()) };
}

interface DataKey {
  readonly kid: string;
  readonly wrappedKey: string;
  readonly key: Uint8Array;
}

/** With random IVs one key must not seal 2^32 texts (NIST SP 800-38D §8.3); this stays far below. */
const SEALED_MAX = 2 ** 20;
/** A rotation in the service holds from then on at the latest. */
const RENEW_MS = 60 * 60 * 1000;
const REMEMBERED_MAX = 1_000;

/** Asks once and keeps the answer; a failure is not kept, and the oldest answer goes first. */
function remembered(
  known: Map<string, Promise<Uint8Array>>,
  name: string,
  ask: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= REMEMBERED_MAX) known.delete(known.keys().next().value!);
  const answer = reached(ask());
  known.set(name, answer);
  answer.catch(() => known.delete(name));
  return answer;
}

/** A service that is away says nothing of an envelope: what is refused today must open again tomorrow. */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof HaechiError) throw cause;
    throw new HaechiError("KEY_UNAVAILABLE", "The key service cannot be reached", { cause });
  }
}

function hashOf(aad: AssociatedData): string {
  return hash("sha256", encodeAssociatedData(aad, "nfkc-json-v2"), "base64url");
}

function rejected(why: string): HaechiError {
  return new HaechiError("ENVELOPE_REJECTED", `The envelope cannot be opened: ${why}`);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "base64url");
}
