import { HaechiError } from "../../core/errors.ts";

/** A key file with its keys in clear, as it is written when no pass phrase wraps it; unknown members are kept. */
export interface KeyFileContent {
  readonly version: 1;
  readonly createdAt?: unknown;
  /** base64url, 32 bytes. */
  readonly hmacRoot?: string;
  readonly keys: readonly KeyEntry[];
  readonly usage?: unknown;
}

export interface KeyEntry {
  readonly kid: string;
  readonly kty: "oct";
  readonly alg: "AES-256-GCM";
  /** Any other word than these counts as retired. */
  readonly status: "active" | "retired" | "destroyed";
  /** base64url, 32 bytes; gone once the key is destroyed. */
  readonly k?: string;
  /** ISO 8601, as the other times. */
  readonly createdAt?: string;
  readonly retiredAt?: string;
  /** From then on the key opens nothing, though it is still there. */
  readonly opensUntil?: string;
  readonly destroyedAt?: string;
  readonly usage?: unknown;
}

/** The keys of a file, as they are used. */
export interface KeyRing extends KeyUse {
  /** Raw keys of 32 bytes by key id, the active one among them. */
  readonly keys: ReadonlyMap<string, Buffer>;
  /** Keys that open nothing from a moment on: milliseconds since the epoch by key id. */
  readonly opensUntil: ReadonlyMap<string, number>;
  /** The root of every keyed hash; it outlives the rotation of the encryption keys. */
  readonly hmacRoot: Buffer;
  /** False when the file names no root of its own yet, and the active key stands in for it. */
  readonly isRootPinned: boolean;
}

/** Which key seals, and how often an earlier format of the file says that it did. */
export interface KeyUse {
  readonly activeKid: string;
  /** Encryptions by key id. */
  readonly countedUses: ReadonlyMap<string, number>;
}

/** A key without its bytes. */
export interface KeyDescription {
  readonly kid: string;
  readonly status: KeyEntry["status"];
  /** ISO 8601, as the other times; null where the file does not say. */
  readonly createdAt: string | null;
  readonly retiredAt: string | null;
  readonly opensUntil: string | null;
  readonly destroyedAt: string | null;
}

/**
 * Checks what was parsed from a key file, its keys in clear.
 * @throws HaechiError KEY_FILE_INVALID
 */
export function checkContent(content: unknown): KeyFileContent {
  if (!isObject(content) || content.version !== 1) throw invalid("its version is unknown");
  if (content.hmacRoot !== undefined && !isKeyText(content.hmacRoot)) throw invalid("its hmacRoot is not 32 bytes");
  for (const [index, entry] of checkEntries(content.keys).entries()) {
    const isGone = entry.status === "destroyed";
    if (isGone ? entry.k !== undefined : !isKeyText(entry.k)) throw invalid(`key ${index + 1} is not 32 bytes`);
  }
  // Every member that is used was looked at above.
  return content as unknown as KeyFileContent;
}

/**
 * Checks everything about keys but their bytes.
 * @throws HaechiError KEY_FILE_INVALID
 */
export function checkEntries(keys: unknown): readonly KeyEntry[] {
  if (!Array.isArray(keys) || keys.length === 0) throw invalid("it holds no keys");
  if (keys.length > KEYS_MAX) throw invalid("it holds too many keys");
  keys.forEach((entry: unknown, index) => {
    if (!isObject(entry) || typeof entry.kid !== "string" || !KID.test(entry.kid)) {
      throw invalid(`key ${index + 1} has no usable kid`);
    }
    for (const name of TIMES) {
      if (entry[name] !== undefined && !isTime(entry[name])) throw invalid(`key ${index + 1} has no usable ${name}`);
    }
  });
  const checked: readonly KeyEntry[] = keys;
  if (new Set(checked.map(({ kid }) => kid)).size < checked.length) throw invalid("two keys share a kid");
  if (checked.every(({ status }) => status === "destroyed")) throw invalid("all its keys are destroyed");
  return checked;
}

/** The key that seals: the first active one, else the first that is there. */
export function activeEntry(keys: readonly KeyEntry[]): KeyEntry {
  // checkEntries has refused a file without one.
  return keys.find(({ status }) => status === "active") ?? keys.find(({ status }) => status !== "destroyed")!;
}

export function toKeyRing(content: KeyFileContent): KeyRing {
  const present = content.keys.flatMap(({ kid, k }) => (k === undefined ? [] : [[kid, bytesOf(k)] as const]));
  const keys = new Map(present);
  const use = keyUse(content.keys, content.usage);
  return {
    ...use,
    keys,
    opensUntil: new Map(
      content.keys.flatMap(({ kid, opensUntil }) => (opensUntil === undefined ? [] : [[kid, Date.parse(opensUntil)]])),
    ),
    hmacRoot: content.hmacRoot === undefined ? keys.get(use.activeKid)! : bytesOf(content.hmacRoot),
    isRootPinned: content.hmacRoot !== undefined,
  };
}

export function keyUse(keys: readonly KeyEntry[], usage: unknown): KeyUse {
  const uses = isObject(usage) ? usage : {};
  return {
    activeKid: activeEntry(keys).kid,
    countedUses: new Map(keys.map((entry) => [entry.kid, asCount(entry.usage ?? uses[entry.kid])])),
  };
}

export function describeKeys(keys: readonly KeyEntry[]): readonly KeyDescription[] {
  const active = activeEntry(keys);
  return keys.map((entry) => ({
    kid: entry.kid,
    status: entry === active ? "active" : entry.status === "destroyed" ? "destroyed" : "retired",
    createdAt: entry.createdAt ?? timeInKid(entry.kid),
    retiredAt: entry.retiredAt ?? null,
    opensUntil: entry.opensUntil ?? null,
    destroyedAt: entry.destroyedAt ?? null,
  }));
}

function isKeyText(value: unknown): value is string {
  return typeof value === "string" && KEY_TEXT.test(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function invalid(why: string): HaechiError {
  return new HaechiError(
    "KEY_FILE_INVALID",
    `keys.keyFile: the key file cannot be used: ${why}; put a backup of it in its place`,
  );
}

/** Exactly 32 bytes: the last of 43 characters has no spare bits that could differ. */
const KEY_TEXT = /^[\w-]{42}[AEIMQUYcgkosw048]$/;
const KID = /^[\w.:-]{1,128}$/;
/** A rotation a day for a century is less. */
const KEYS_MAX = 40_000;
const TIMES = ["createdAt", "retiredAt", "opensUntil", "destroyedAt"] as const;

function isTime(value: unknown): boolean {
  return typeof value === "string" && value.length <= 32 && Number.isFinite(Date.parse(value));
}

/** The published format tells the age of a key in its id only. */
function timeInKid(kid: string): string | null {
  const time = /^local-(\d{12,14})-/.exec(kid)?.[1];
  return time === undefined ? null : new Date(Number(time)).toISOString();
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "base64url");
}

function asCount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
