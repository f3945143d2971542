import fs from "node:fs";
import { dirname } from "node:path";
import { HaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Random } from "../../ports/random.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { createProcessLock } from "../storage/process-lock.ts";
import { keyFileLockPath, tryWhileLocked } from "./key-file-lock.ts";

/** The keys of a file, as they are used. */
export interface KeyRing {
  readonly activeKid: string;
  /** Raw keys of 32 bytes by key id, the active one among them. */
  readonly keys: ReadonlyMap<string, Buffer>;
  /** The root of every keyed hash; it outlives the rotation of the encryption keys. */
  readonly hmacRoot: Buffer;
  /** False when the file names no root of its own yet, and the active key stands in for it. */
  readonly isRootPinned: boolean;
  /** Encryptions that an earlier format of the file counted, by key id. */
  readonly countedUses: ReadonlyMap<string, number>;
}

/**
 * Reads and checks a key file.
 * @throws HaechiError KEY_FILE_INVALID
 */
export function readKeyRing(path: string): KeyRing {
  return toKeyRing(readContent(path));
}

/**
 * Creates a key file, or checks the one that is there. With `rotate` a new key
 * becomes the active one; the others are retired, never deleted, so that what
 * they sealed can still be opened.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function initKeyFile(
  path: string,
  { rotate = false, clock, random }: { readonly rotate?: boolean; readonly clock: Clock; readonly random: Random },
): Promise<{ readonly kid: string; readonly created: boolean; readonly rotated: boolean }> {
  return await whileLocked(path, () => {
    const now = clock.now();
    if (!fs.existsSync(path)) {
      const key = newKey(now, random);
      const createdAt = new Date(now).toISOString();
      writeContent(path, { version: 1, createdAt, hmacRoot: randomKey(random), keys: [key] });
      return { kid: key.kid, created: true, rotated: false };
    }
    const content = readContent(path);
    const ring = toKeyRing(content);
    fs.chmodSync(path, 0o600);
    if (!rotate) return { kid: ring.activeKid, created: false, rotated: false };
    const key = newKey(now, random);
    const retired = content.keys.map((entry) => ({ ...entry, status: "retired" }));
    writeContent(path, { ...content, hmacRoot: ring.hmacRoot.toString("base64url"), keys: [key, ...retired] });
    return { kid: key.kid, created: false, rotated: true };
  });
}

/**
 * Writes the root of keyed hashes into a file that has none, so that the next
 * rotation does not change every hash. A file that cannot be written, or is being
 * written by another process, is left as it is.
 */
export function pinHmacRoot(path: string, hmacRoot: Buffer): void {
  try {
    tryWhileLocked(path, () => {
      const content = readContent(path);
      if (content.hmacRoot === undefined) writeContent(path, { ...content, hmacRoot: hmacRoot.toString("base64url") });
    });
  } catch (error) {
    if (error instanceof HaechiError) throw error;
    // A read-only key file, such as a mounted secret: nothing can rotate it either.
  }
}

/** The file as it is written; members that this version does not know are kept. */
interface KeyFileContent {
  readonly version: 1;
  readonly createdAt?: unknown;
  /** base64url, 32 bytes. */
  readonly hmacRoot?: string;
  readonly keys: readonly KeyEntry[];
  readonly usage?: unknown;
}

interface KeyEntry {
  readonly kid: string;
  readonly kty: "oct";
  readonly alg: "AES-256-GCM";
  readonly status: string;
  /** base64url, 32 bytes. */
  readonly k: string;
  readonly usage?: unknown;
}

const KEY_BYTES = 32;
/** Exactly 32 bytes: the last of 43 characters has no spare bits that could differ. */
const KEY_TEXT = /^[\w-]{42}[AEIMQUYcgkosw048]$/;
const KID = /^[\w.:-]{1,128}$/;
const KEY_FILE_BYTES_MAX = 1024 * 1024;
const LOCK_WAIT_MS = 5_000;

function readContent(path: string): KeyFileContent {
  let text: string;
  try {
    if (fs.statSync(path).size > KEY_FILE_BYTES_MAX) throw invalid("it is too large");
    text = fs.readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof HaechiError) throw cause;
    const message = "The key file cannot be read; `haechi init` creates one";
    throw new HaechiError("KEY_FILE_INVALID", message, { cause, reason: "key_file_unreadable" });
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    throw invalid("it is not JSON");
  }
  return checkContent(content);
}

function checkContent(content: unknown): KeyFileContent {
  if (!isObject(content) || content.version !== 1) throw invalid("its version is unknown");
  if (!Array.isArray(content.keys) || content.keys.length === 0) throw invalid("it holds no keys");
  if (content.hmacRoot !== undefined && !isKeyText(content.hmacRoot)) throw invalid("its hmacRoot is not 32 bytes");
  content.keys.forEach((entry: unknown, index) => {
    if (!isObject(entry) || typeof entry.kid !== "string" || !KID.test(entry.kid)) {
      throw invalid(`key ${index + 1} has no usable kid`);
    }
    if (!isKeyText(entry.k)) throw invalid(`key ${index + 1} is not 32 bytes`);
  });
  // Every member that is used was looked at above.
  const checked = content as unknown as KeyFileContent;
  if (new Set(checked.keys.map(({ kid }) => kid)).size < checked.keys.length) throw invalid("two keys share a kid");
  return checked;
}

function toKeyRing(content: KeyFileContent): KeyRing {
  const active = content.keys.find(({ status }) => status === "active") ?? content.keys[0]!;
  const activeKey = Buffer.from(active.k, "base64url");
  const uses = isObject(content.usage) ? content.usage : {};
  return {
    activeKid: active.kid,
    keys: new Map(content.keys.map(({ kid, k }) => [kid, Buffer.from(k, "base64url")])),
    hmacRoot: content.hmacRoot === undefined ? activeKey : Buffer.from(content.hmacRoot, "base64url"),
    isRootPinned: content.hmacRoot !== undefined,
    countedUses: new Map(content.keys.map(({ kid, usage }) => [kid, asCount(usage ?? uses[kid])])),
  };
}

function writeContent(path: string, content: KeyFileContent): void {
  atomicWrite(path, `${JSON.stringify(content, null, 2)}\n`);
}

function newKey(now: number, random: Random): KeyEntry {
  const kid = `local-${now}-${Buffer.from(random.bytes(3)).toString("hex")}`;
  return { kid, kty: "oct", alg: "AES-256-GCM", status: "active", k: randomKey(random) };
}

function randomKey(random: Random): string {
  return Buffer.from(random.bytes(KEY_BYTES)).toString("base64url");
}

async function whileLocked<T>(path: string, work: () => T): Promise<T> {
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
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

function isKeyText(value: unknown): boolean {
  return typeof value === "string" && KEY_TEXT.test(value);
}

function asCount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(why: string): HaechiError {
  return new HaechiError("KEY_FILE_INVALID", `The key file cannot be used: ${why}`);
}
