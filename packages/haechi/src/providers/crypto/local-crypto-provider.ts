import { createSecretKey, hash, type KeyObject } from "node:crypto";
import fs from "node:fs";
import { encodeAssociatedData } from "../../core/crypto/associated-data.ts";
import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import type { Envelope } from "../../core/crypto/envelope.ts";
import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { parseEnvelope } from "../../core/crypto/parse-envelope.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Random } from "../../ports/random.ts";
import { pinHmacRoot, readKeyRing, removeLeftover } from "./key-file.ts";
import type { KeyRing } from "./key-file-content.ts";
import { createWrappingKeys, type PassphraseSource } from "./key-wrapping.ts";
import { NONCE_BUDGET_WARNING, spendNonceBudget } from "./nonce-budget.ts";
import { hkdfSha256, hmacSha256, IV_BYTES, openAes256Gcm, sealAes256Gcm } from "./primitives.ts";

export interface LocalCryptoOptions {
  /** Path of the key file. */
  readonly keyFile: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger;
  /** For a key file that is wrapped; asked when it is read, and again when it was wrapped anew. */
  readonly passphrase?: PassphraseSource;
}

/** A `CryptoProvider` that can be called for keyed hashes too. */
export type LocalCryptoProvider = Required<CryptoProvider>;

/**
 * Encrypts and hashes with the keys of a local file. What changes in the file, such
 * as a rotation or a key that is destroyed, is noticed without a restart.
 *
 * Every process seals under session keys of its own, derived from the active key
 * with a random salt, as XAES-256-GCM (C2SP) derives one per message. So the bound
 * of 2^32 random IVs (NIST SP 800-38D §8.3) holds for each session key and not for
 * the key in the file, and no counter has to be made durable per message.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export function createLocalCryptoProvider({
  keyFile,
  clock,
  random,
  logger,
  passphrase = () => null,
}: LocalCryptoOptions): LocalCryptoProvider {
  const wrappingKeys = createWrappingKeys(passphrase);
  removeLeftover(keyFile);
  let version = fileVersion(keyFile);
  let ring = pinned(readKeyRing(keyFile, wrappingKeys));
  let checkedAt = clock.now();
  let session: SealingSession | null = null;
  const domainKeys = new Map<string, KeyObject>();
  const openingKeys = new Map<string, KeyObject>();
  let hasWarned = false;

  return {
    async encrypt({ plaintext, aad, expiresAt }) {
      reloadWhenDue();
      const { key, kid, salt } = takeSession();
      const header = {
        v: 2,
        alg: "AES-256-GCM",
        kid,
        salt,
        aadHash: hash("sha256", encodeAssociatedData(aad, "nfkc-json-v2"), "base64url"),
        aadEncoding: "nfkc-json-v2",
        createdAt: new Date(clock.now()).toISOString(),
        ...(expiresAt === undefined ? undefined : { expiresAt: new Date(expiresAt).toISOString() }),
      } as const;
      const iv = random.bytes(IV_BYTES);
      const { ct, tag } = sealAes256Gcm(key, iv, Buffer.from(plaintext), Buffer.from(canonicalJson(header)));
      return { ...header, iv: base64url(iv), ct: base64url(ct), tag: base64url(tag) };
    },

    async decrypt({ envelope: given, aad }) {
      const envelope = parseEnvelope(given);
      reloadWhenDue();
      if (envelope.wrappedKey !== undefined) throw rejected("its key is held by a KMS");
      if (envelope.expiresAt !== undefined && !(clock.now() < Date.parse(envelope.expiresAt))) {
        throw rejected("it has expired");
      }
      const encodedAad = encodeAssociatedData(aad, envelope.aadEncoding);
      if (envelope.aadHash !== undefined && envelope.aadHash !== hash("sha256", encodedAad, "base64url")) {
        throw rejected("the associated data differs");
      }
      return open(envelope, openingKey(envelope), sealedWith(envelope, encodedAad));
    },

    async hmac({ data, domain }) {
      if (typeof domain !== "string" || domain === "") {
        throw new HaechiError("PROVIDER_INVALID", "A keyed hash needs a domain");
      }
      return hmacSha256(domainKey(domain), data).toString("hex");
    },
  };

  function pinned(loaded: KeyRing, root = loaded.hmacRoot): KeyRing {
    if (!loaded.isRootPinned) {
      pinHmacRoot(keyFile, root);
      version = fileVersion(keyFile);
    }
    return loaded.isRootPinned ? loaded : { ...loaded, hmacRoot: root };
  }

  function reloadWhenDue(): void {
    // A clock that was set back must not put off the next look at the file until it has caught up.
    if (Math.abs(clock.now() - checkedAt) >= RELOAD_INTERVAL_MS) reloadIfChanged();
  }

  /** A file that cannot be read or used now changes nothing: the keys in memory are still good. */
  function reloadIfChanged(): void {
    checkedAt = clock.now();
    const found = fileVersion(keyFile);
    if (found === version) return;
    version = found;
    try {
      const before = ring;
      ring = pinned(readKeyRing(keyFile, wrappingKeys), before.hmacRoot);
      if (ring.activeKid !== before.activeKid) session = null;
      domainKeys.clear();
      // A key that was destroyed opens nothing from memory either.
      openingKeys.clear();
    } catch {
      logger?.error("key_file_not_reloaded");
    }
  }

  function takeSession(): SealingSession {
    if (session === null || session.messagesLeft === 0) session = startSession();
    session.messagesLeft -= 1;
    return session;
  }

  function startSession(): SealingSession {
    const budget = spendNonceBudget(keyFile, ring);
    if (!hasWarned && (budget.used >= NONCE_BUDGET_WARNING || !budget.isPersisted)) {
      hasWarned = true;
      logger?.warn(budget.isPersisted ? "HAECHI_NONCE_BUDGET" : "HAECHI_NONCE_BUDGET_NOPERSIST", {
        kid: budget.kid,
        used: budget.used,
      });
    }
    const salt = base64url(random.bytes(SALT_BYTES));
    const kid = ring.activeKid;
    return { key: deriveKey(ring.keys.get(kid)!, salt), kid, salt, messagesLeft: SESSION_MESSAGES };
  }

  function openingKey({ kid, salt }: Envelope): KeyObject {
    if (clock.now() >= (ring.opensUntil.get(kid) ?? Number.POSITIVE_INFINITY))
      throw rejected("its key is past its date");
    const name = `${kid}|${salt ?? ""}`;
    const known = openingKeys.get(name);
    if (known !== undefined) return known;
    const raw = rawKey(kid);
    const key = salt === undefined ? createSecretKey(raw) : deriveKey(raw, salt);
    // The oldest goes first; a key that is gone is derived again.
    if (openingKeys.size >= OPENING_KEYS_MAX) openingKeys.delete(openingKeys.keys().next().value!);
    openingKeys.set(name, key);
    return key;
  }

  function rawKey(kid: string): Buffer {
    if (kid === "") return ring.keys.get(ring.activeKid)!;
    if (!ring.keys.has(kid)) reloadIfChanged();
    const raw = ring.keys.get(kid);
    if (raw === undefined) throw rejected("its key is unknown or destroyed");
    return raw;
  }

  function domainKey(domain: string): KeyObject {
    const known = domainKeys.get(domain);
    if (known !== undefined) return known;
    const key = createSecretKey(hmacSha256(ring.hmacRoot, domain));
    if (domainKeys.size < DOMAIN_KEYS_MAX) domainKeys.set(domain, key);
    return key;
  }
}

interface SealingSession {
  readonly key: KeyObject;
  readonly kid: string;
  readonly salt: string;
  messagesLeft: number;
}

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** With this many random IVs of 96 bits two are the same with a chance below 2^-56. */
const SESSION_MESSAGES = 2 ** 20;
const RELOAD_INTERVAL_MS = 5_000;
const OPENING_KEYS_MAX = 1_024;
const DOMAIN_KEYS_MAX = 64;

function deriveKey(raw: Buffer, salt: string): KeyObject {
  return createSecretKey(hkdfSha256(raw, Buffer.from(salt, "base64url"), KEY_DOMAINS.envelopeKey, KEY_BYTES));
}

/** What the cipher authenticates: with a salt the envelope's own head, which holds the hash of the data; else the data. */
function sealedWith(envelope: Envelope, encodedAad: string): string {
  if (envelope.salt === undefined) return encodedAad;
  if (envelope.aadHash === undefined) throw rejected("it has no aadHash");
  const { iv: _iv, ct: _ct, tag: _tag, ...header } = envelope;
  return canonicalJson(header);
}

function open({ iv, ct, tag }: Envelope, key: KeyObject, aad: string): string {
  const sealed = { iv: bytesOf(iv), ct: bytesOf(ct), tag: bytesOf(tag) };
  const plaintext = openAes256Gcm(key, sealed, Buffer.from(aad));
  if (plaintext === null) throw rejected("it was changed, or sealed under another key");
  return plaintext.toString("utf8");
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

/** Changes whenever the file is replaced or written. */
function fileVersion(path: string): string {
  const found = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? "missing" : `${found.ino}:${found.mtimeNs}:${found.size}`;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}

function rejected(why: string): HaechiError {
  return new HaechiError("ENVELOPE_REJECTED", `The envelope cannot be opened: ${why}`);
}
