import { argon2Sync, createSecretKey, type KeyObject } from "node:crypto";
import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Random } from "../../ports/random.ts";
import {
  checkContent,
  checkEntries,
  invalid,
  isObject,
  type KeyEntry,
  type KeyFileContent,
} from "./key-file-content.ts";
import { IV_BYTES, openAes256Gcm, sealAes256Gcm } from "./primitives.ts";

/** A key file whose keys are wrapped by a pass phrase (specs/envelope.md). */
export interface WrappedKeyFile {
  readonly version: 2;
  readonly wrap: WrapParameters;
  readonly sealed: SealedKeys;
  /** Without their bytes. */
  readonly keys: readonly KeyEntry[];
  readonly usage?: unknown;
}

/** How the wrapping key comes from the pass phrase (Argon2id, RFC 9106). */
export interface WrapParameters {
  readonly kdf: "argon2id";
  /** base64url, 16 bytes. */
  readonly salt: string;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly parallelism: number;
}

interface SealedKeys {
  /** base64url, 12 bytes. */
  readonly iv: string;
  /** base64url. */
  readonly ct: string;
  /** base64url, 16 bytes. */
  readonly tag: string;
}

/** The pass phrase of a key file; null when nobody gave one. */
export type PassphraseSource = () => string | null;

/** Gives the key that belongs to parameters. @throws HaechiError KEY_UNAVAILABLE */
export type WrappingKeys = (parameters: WrapParameters) => KeyObject;

/** The names of the ways to give a pass phrase, for messages. */
export const PASSPHRASE_WAYS =
  "set HAECHI_KEY_PASSPHRASE, name a file in keys.passphraseFile, or run the command at a terminal and type it";

/** Wrapping keys from a pass phrase that is asked for when it is needed. What was derived is kept: it is slow by intent. */
export function createWrappingKeys(passphrase: PassphraseSource): WrappingKeys {
  let last: { readonly name: string; readonly key: KeyObject } | null = null;
  return (parameters) => {
    const name = canonicalJson(parameters);
    if (last?.name === name) return last.key;
    const text = passphrase();
    if (text === null) {
      const message = `The key file is wrapped by a pass phrase, and none was given: ${PASSPHRASE_WAYS}`;
      throw new HaechiError("KEY_UNAVAILABLE", message, { reason: "key_file_wrapped" });
    }
    const key = deriveKey(text, parameters);
    last = { name, key };
    return key;
  };
}

/** Parameters of a new wrapping: the second recommended option of RFC 9106 §4, 64 MiB in three passes. */
export function newWrapParameters(random: Random): WrapParameters {
  const salt = Buffer.from(random.bytes(SALT_BYTES)).toString("base64url");
  return { kdf: "argon2id", salt, memoryKiB: 65_536, passes: 3, parallelism: 4 };
}

/** Everything about the keys but their bytes stays readable, and is authenticated with them. */
export function wrapContent(
  { version: _, hmacRoot, keys, ...rest }: KeyFileContent,
  wrap: WrapParameters,
  wrappingKeys: WrappingKeys,
  random: Random,
): WrappedKeyFile {
  const secrets = { hmacRoot, keys: Object.fromEntries(keys.map(({ kid, k }) => [kid, k])) };
  const head = { ...rest, version: 2 as const, wrap, keys: keys.map(({ k: _, ...entry }) => entry) };
  const [text, aad] = [canonicalJson(secrets), canonicalJson(head)].map((json) => Buffer.from(json));
  const { iv, ct, tag } = sealAes256Gcm(wrappingKeys(wrap), random.bytes(IV_BYTES), text!, aad!);
  const sealed = { iv: base64url(iv), ct: base64url(ct), tag: base64url(tag) };
  return { ...head, sealed };
}

/**
 * The content of a wrapped file, its keys in clear.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export function unwrapContent(file: WrappedKeyFile, wrappingKeys: WrappingKeys): KeyFileContent {
  const { sealed, ...head } = file;
  const [iv, ct, tag] = [sealed.iv, sealed.ct, sealed.tag].map((text) => Buffer.from(text, "base64url"));
  const key = wrappingKeys(file.wrap);
  const text = openAes256Gcm(key, { iv: iv!, ct: ct!, tag: tag! }, Buffer.from(canonicalJson(head)));
  if (text === null) {
    const message = "The pass phrase does not open the key file, or the file was changed";
    throw new HaechiError("KEY_UNAVAILABLE", message, { reason: "key_file_locked" });
  }
  // Sealed by wrapContent, as the tag has shown.
  const secrets: { readonly hmacRoot?: string; readonly keys: Readonly<Record<string, string>> } = JSON.parse(
    text.toString("utf8"),
  );
  const { version: _, wrap: __, keys, ...rest } = head;
  return checkContent({
    ...rest,
    version: 1,
    ...(secrets.hmacRoot === undefined ? undefined : { hmacRoot: secrets.hmacRoot }),
    keys: keys.map((entry) => ({
      ...entry,
      ...(Object.hasOwn(secrets.keys, entry.kid) ? { k: secrets.keys[entry.kid] } : undefined),
    })),
  });
}

/**
 * Checks what was parsed from a wrapped key file, as far as that goes without the pass phrase.
 * @throws HaechiError KEY_FILE_INVALID
 */
export function checkWrapped(file: Readonly<Record<string, unknown>>): WrappedKeyFile {
  const { wrap, sealed, keys } = file;
  if (!isObject(wrap) || wrap.kdf !== "argon2id") throw invalid("the way that it is wrapped is unknown");
  const isBounded =
    isBetween(wrap.parallelism, 1, PARALLELISM_MAX) &&
    isBetween(wrap.passes, 1, PASSES_MAX) &&
    isBetween(wrap.memoryKiB, 8 * wrap.parallelism, MEMORY_KIB_MAX) &&
    wrap.memoryKiB * wrap.passes <= FILLED_KIB_MAX;
  if (!isBounded || !isText(wrap.salt, SIXTEEN_BYTES)) throw invalid("the parameters of its wrapping are out of range");
  if (!isObject(sealed) || !isText(sealed.iv, TWELVE_BYTES) || !isText(sealed.tag, SIXTEEN_BYTES)) {
    throw invalid("its wrapped keys are malformed");
  }
  if (!isText(sealed.ct, BASE64URL)) throw invalid("its wrapped keys are malformed");
  checkEntries(keys);
  try {
    canonicalJson(file);
  } catch {
    throw invalid("it holds something that has no canonical form");
  }
  // Every member that is used was looked at above.
  return file as unknown as WrappedKeyFile;
}

const SALT_BYTES = 16;
const KEY_BYTES = 32;
// What a file may ask of this machine before anybody has shown the pass phrase.
const MEMORY_KIB_MAX = 1024 * 1024;
const PASSES_MAX = 32;
/** Memory times passes, which is what the derivation takes time for: some seconds, in which a process does nothing else. */
const FILLED_KIB_MAX = 4 * 1024 * 1024;
const PARALLELISM_MAX = 16;
const BASE64URL = /^[\w-]+$/;
const TWELVE_BYTES = /^[\w-]{16}$/;
const SIXTEEN_BYTES = /^[\w-]{21}[AQgw]$/;

function deriveKey(passphrase: string, { salt, memoryKiB, passes, parallelism }: WrapParameters): KeyObject {
  try {
    const bytes = argon2Sync("argon2id", {
      // One form for what keyboards and systems write in different ways (RFC 8265 §4.2).
      message: passphrase.normalize("NFC"),
      nonce: Buffer.from(salt, "base64url"),
      memory: memoryKiB,
      passes,
      parallelism,
      tagLength: KEY_BYTES,
    });
    return createSecretKey(bytes);
  } catch (cause) {
    // A Node that was built without Argon2, or too little memory.
    const message = "The pass phrase cannot be turned into a key on this machine";
    throw new HaechiError("KEY_UNAVAILABLE", message, { cause, reason: "key_derivation_failed" });
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function isBetween(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max;
}
