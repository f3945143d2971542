import fs from "node:fs";
import { dirname } from "node:path";
import { HaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Random } from "../../ports/random.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { createProcessLock } from "../storage/process-lock.ts";
import {
  activeEntry,
  checkContent,
  describeKeys,
  invalid,
  isObject,
  type KeyDescription,
  type KeyEntry,
  type KeyFileContent,
  type KeyRing,
  type KeyUse,
  keyUse,
  toKeyRing,
} from "./key-file-content.ts";
import { keyFileLockPath, tryWhileLocked } from "./key-file-lock.ts";
import {
  checkWrapped,
  createWrappingKeys,
  newWrapParameters,
  unwrapContent,
  type WrapParameters,
  type WrappedKeyFile,
  type WrappingKeys,
  wrapContent,
} from "./key-wrapping.ts";

/** What a key file says of itself without a pass phrase. */
export interface KeyFileDescription extends KeyUse {
  readonly isWrapped: boolean;
  readonly keys: readonly KeyDescription[];
}

/** What changes a key file works with. */
export interface KeyFilePorts {
  readonly clock: Clock;
  readonly random: Random;
  /** Needed for a wrapped file only. */
  readonly wrappingKeys?: WrappingKeys;
}

/**
 * Reads and checks a key file.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export function readKeyRing(path: string, wrappingKeys: WrappingKeys = NO_PASSPHRASE): KeyRing {
  return toKeyRing(contentOf(readStored(path), wrappingKeys));
}

/**
 * Reads everything of a key file but the bytes of its keys.
 * @throws HaechiError KEY_FILE_INVALID
 */
export function describeKeyFile(path: string): KeyFileDescription {
  const stored = readStored(path);
  return {
    ...keyUse(stored.keys, stored.usage),
    isWrapped: stored.version === 2,
    keys: describeKeys(stored.keys),
  };
}

export interface InitKeyFileOptions {
  /** Make a new active key in a file that is there. */
  readonly rotate?: boolean;
  /** Whether a file that is made is wrapped from its first byte on; one that is there stays as it is. */
  readonly wrapped?: boolean;
}

/**
 * Creates a key file, or checks the one that is there. With `rotate` a new key
 * becomes the active one; the others are retired, never deleted, so that what
 * they sealed can still be opened.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function initKeyFile(
  path: string,
  { rotate = false, wrapped = false, ...ports }: KeyFilePorts & InitKeyFileOptions,
): Promise<{ readonly kid: string; readonly created: boolean; readonly rotated: boolean }> {
  return await whileLocked(path, () => {
    const { clock, random } = ports;
    const now = clock.now();
    if (!fs.existsSync(path)) {
      const key = newKey(now, random);
      const createdAt = new Date(now).toISOString();
      const content: KeyFileContent = { version: 1, createdAt, hmacRoot: randomKey(random), keys: [key] };
      rewrite(path, content, wrapped ? newWrapParameters(random) : null, ports);
      return { kid: key.kid, created: true, rotated: false };
    }
    const stored = readStored(path);
    fs.chmodSync(path, 0o600);
    // Without its pass phrase a wrapped file is checked as far as that goes.
    const activeKid = stored.version === 2 && !rotate ? activeEntry(stored.keys).kid : null;
    if (activeKid !== null) return { kid: activeKid, created: false, rotated: false };
    const content = contentOf(stored, ports.wrappingKeys);
    if (!rotate) return { kid: activeEntry(content.keys).kid, created: false, rotated: false };
    const rotated = withNewKey(content, now, random);
    rewrite(path, rotated, wrapOf(stored), ports);
    return { kid: rotated.keys[0]!.kid, created: false, rotated: true };
  });
}

/** A change of a key file: what it holds next, and how it is wrapped then. */
export interface KeyFileChange {
  readonly content: KeyFileContent;
  /** Null: keys in clear. */
  readonly wrap: WrapParameters | null;
}

/**
 * Replaces a key file by what `change` makes of it, while nobody else changes it.
 * When it throws, the file is as it was.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function changeKeyFile(
  path: string,
  ports: KeyFilePorts,
  change: (before: KeyFileChange) => KeyFileChange,
): Promise<void> {
  await whileLocked(path, () => {
    const stored = readStored(path);
    const content = contentOf(stored, ports.wrappingKeys);
    // A hash that depends on which key is active would change with it.
    const hmacRoot = toKeyRing(content).hmacRoot.toString("base64url");
    const next = change({ content: { ...content, hmacRoot }, wrap: wrapOf(stored) });
    rewrite(path, next.content, next.wrap, ports);
  });
}

/** The content with a new active key, every other one retired. */
export function withNewKey(content: KeyFileContent, now: number, random: Random): KeyFileContent {
  const key = newKey(now, random);
  const hmacRoot = toKeyRing(content).hmacRoot.toString("base64url");
  const older = content.keys.map(
    (entry): KeyEntry =>
      entry.status === "destroyed"
        ? entry
        : { ...entry, status: "retired", retiredAt: entry.retiredAt ?? new Date(now).toISOString() },
  );
  return { ...content, hmacRoot, keys: [key, ...older] };
}

/**
 * Writes the root of keyed hashes into a file that has none, so that the next
 * rotation does not change every hash. A file that cannot be written, or is being
 * written by another process, is left as it is.
 */
export function pinHmacRoot(path: string, hmacRoot: Buffer): void {
  whereWritable(path, () => {
    const stored = readStored(path);
    // Wrapping pins the root, so a wrapped file has one.
    if (stored.version === 2 || stored.hmacRoot !== undefined) return;
    writeStored(path, { ...stored, hmacRoot: hmacRoot.toString("base64url") });
  });
}

/** Removes what a crash has left of a replacement: it may hold keys in clear beside a file that is wrapped. */
export function removeLeftover(path: string): void {
  const leftover = `${path}.tmp`;
  if (fs.existsSync(leftover)) whereWritable(path, () => fs.rmSync(leftover, { force: true }));
}

function whereWritable(path: string, work: () => void): void {
  try {
    tryWhileLocked(path, work);
  } catch {
    // A read-only key file, such as a mounted secret: nothing can rotate it either.
  }
}

const NO_PASSPHRASE = createWrappingKeys(() => null);
const KEY_BYTES = 32;
const KEY_FILE_BYTES_MAX = 16 * 1024 * 1024;
const LOCK_WAIT_MS = 5_000;

type StoredKeyFile = KeyFileContent | WrappedKeyFile;

function readStored(path: string): StoredKeyFile {
  let text: string;
  try {
    if (fs.statSync(path).size > KEY_FILE_BYTES_MAX) throw invalid("it is too large");
    text = fs.readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof HaechiError) throw cause;
    const code = systemCode(cause);
    const message =
      code === "ENOENT"
        ? `${path} does not exist; put the key file back, or make a new one with \`haechi init\``
        : `${path} cannot be read (${code})`;
    throw new HaechiError("KEY_FILE_INVALID", `keys.keyFile: ${message}`, { cause, reason: "key_file_unreadable" });
  }
  return parseStored(text);
}

function parseStored(text: string): StoredKeyFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    throw invalid("it is not JSON");
  }
  return isObject(parsed) && parsed.version === 2 ? checkWrapped(parsed) : checkContent(parsed);
}

function contentOf(stored: StoredKeyFile, wrappingKeys: WrappingKeys = NO_PASSPHRASE): KeyFileContent {
  return stored.version === 2 ? unwrapContent(stored, wrappingKeys) : stored;
}

function wrapOf(stored: StoredKeyFile): WrapParameters | null {
  return stored.version === 2 ? stored.wrap : null;
}

function rewrite(
  path: string,
  content: KeyFileContent,
  wrap: WrapParameters | null,
  { random, wrappingKeys = NO_PASSPHRASE }: KeyFilePorts,
): void {
  const stored = wrap === null ? content : wrapContent(content, wrap, wrappingKeys, random);
  // What could not be read again must not take the place of what can.
  contentOf(parseStored(JSON.stringify(stored)), wrappingKeys);
  writeStored(path, stored);
}

function writeStored(path: string, stored: StoredKeyFile): void {
  atomicWrite(path, `${JSON.stringify(stored, null, 2)}\n`);
}

function makeFolderOf(path: string): void {
  try {
    makeFolder(dirname(path));
  } catch (cause) {
    const message = `keys.keyFile: the folder of ${path} cannot be made (${systemCode(cause)})`;
    throw new HaechiError("KEY_FILE_INVALID", message, { cause, reason: "key_file_unwritable" });
  }
}

/** What the system calls its refusal: `EACCES`. */
function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

function newKey(now: number, random: Random): KeyEntry {
  const kid = `local-${now}-${Buffer.from(random.bytes(3)).toString("hex")}`;
  const createdAt = new Date(now).toISOString();
  return { kid, kty: "oct", alg: "AES-256-GCM", status: "active", k: randomKey(random), createdAt };
}

function randomKey(random: Random): string {
  return Buffer.from(random.bytes(KEY_BYTES)).toString("base64url");
}

async function whileLocked<T>(path: string, work: () => T): Promise<T> {
  makeFolderOf(path);
  const lock = createProcessLock(keyFileLockPath(path));
  try {
    if (!(await lock.acquire(LOCK_WAIT_MS))) {
      throw new HaechiError("KEY_UNAVAILABLE", "Another process is changing the key file");
    }
    const result = work();
    lock.release();
    return result;
  } finally {
    lock.close();
  }
}
