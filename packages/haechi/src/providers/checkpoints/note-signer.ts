import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import fs from "node:fs";
import {
  formatNote,
  formatNoteKey,
  isKeyName,
  type NoteKey,
  noteKeyId,
  parseNoteKey,
  type SignedNote,
} from "../../core/audit/signed-note.ts";
import { HaechiError } from "../../core/errors.ts";
import type { CheckpointSigner } from "../../ports/checkpoint-sink.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { readRegularFile } from "../storage/regular-file.ts";

/** Signs checkpoints with an Ed25519 key that stays inside. */
export interface NoteSigner extends CheckpointSigner {
  readonly key: NoteKey;
}

/**
 * The signer whose key is in the file at `path`, 0600.
 * @throws HaechiError KEY_FILE_INVALID
 */
export function readNoteSigner(path: string): NoteSigner {
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(path, "utf8"));
  } catch {
    // A parser's message would quote the file.
    throw invalid("it cannot be read, or is not JSON");
  }
  if (!isContent(content)) throw invalid("it has not the members of a checkpoint key");
  if (!isKeyName(content.name)) throw invalid("its name is none that a log can have");
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey({ key: Buffer.from(content.privateKey, "base64"), format: "der", type: "pkcs8" });
  } catch {
    throw invalid("its key cannot be used");
  }
  if (privateKey.asymmetricKeyType !== "ed25519") throw invalid("its key is not of Ed25519");
  fs.chmodSync(path, 0o600);
  return createSigner(content.name, privateKey);
}

/** Writes a new key, and the verifiers' form of it beside it as `<path>.pub`. A key that is there is not touched. */
export function createNoteKeyFile(path: string, name: string): void {
  if (fs.existsSync(path)) throw invalid("it exists already");
  const { privateKey } = generateKeyPairSync("ed25519");
  const encoded = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
  atomicWrite(`${path}.pub`, `${formatNoteKey(createSigner(name, privateKey).key)}\n`);
  atomicWrite(path, `${JSON.stringify({ version: 1, name, privateKey: encoded })}\n`);
}

/**
 * The key of verifiers that a text is, or that the file of that name holds; null when there is none.
 * @throws HaechiError LOG_INCONSISTENT for what has the name of a file and is none
 */
export function readVerifierKey(text: string): NoteKey | null {
  const key = parseNoteKey(text);
  if (key !== null || !fs.existsSync(text)) return key;
  return parseNoteKey(readRegularFile(text, KEY_BYTES_MAX).trim());
}

const KEY_BYTES_MAX = 64 * 1024;

/** True when the note has a signature of this key that holds; false when it has none, or one that does not. */
export function isSignedBy(note: SignedNote, key: NoteKey): boolean {
  const keyId = noteKeyId(key);
  const own = note.signatures.filter((signature) => signature.keyName === key.name && signature.keyId === keyId);
  const publicKey = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(key.publicKey).toString("base64url") },
    format: "jwk",
  });
  // One that does not hold makes the whole note suspect (https://c2sp.org/signed-note).
  return own.length > 0 && own.every(({ signature }) => verify(null, Buffer.from(note.text), publicKey, signature));
}

function createSigner(name: string, privateKey: KeyObject): NoteSigner {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  const key = { name, publicKey: new Uint8Array(Buffer.from(x ?? "", "base64url")) };
  const keyId = noteKeyId(key);
  return {
    key,
    log: name,
    sign(text) {
      const signature = new Uint8Array(sign(null, Buffer.from(text), privateKey));
      return formatNote({ text, signatures: [{ keyName: name, keyId, signature }] });
    },
  };
}

function isContent(value: unknown): value is { readonly name: string; readonly privateKey: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "privateKey" in value &&
    typeof value.privateKey === "string"
  );
}

function invalid(why: string): HaechiError {
  return new HaechiError("KEY_FILE_INVALID", `The checkpoint key cannot be used: ${why}`);
}
