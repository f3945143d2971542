import { hash } from "node:crypto";
import { decodeBase64, encodeBase64 } from "./base64.ts";

/** A signature of a note (https://c2sp.org/signed-note). */
export interface NoteSignature {
  readonly keyName: string;
  /** 8 hex digits. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A note that was read and not yet believed. */
export interface SignedNote {
  /** What is signed; it ends with a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A public Ed25519 key, and the name that it signs under. */
export interface NoteKey {
  readonly name: string;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** The text of a note with its signatures. */
export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map((signature) => `${formatSignature(signature)}\n`).join("")}`;
}

/** Reads a note; null for what is none. */
export function parseNote(note: string): SignedNote | null {
  const end = note.lastIndexOf("\n\n");
  if (end === -1 || note.length > NOTE_LENGTH_MAX || !note.endsWith("\n") || hasControls(note)) return null;
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(end + 2, -1).split("\n")) {
    const signature = parseSignature(line);
    if (signature === null || signatures.length === SIGNATURES_MAX) return null;
    signatures.push(signature);
  }
  return { text: note.slice(0, end + 1), signatures };
}

/** One signature line, without its newline. */
function formatSignature({ keyName, keyId, signature }: NoteSignature): string {
  return `\u2014 ${keyName} ${encodeBase64(new Uint8Array([...bytesOfId(keyId), ...signature]))}`;
}

/** Reads a signature line; null for what is none. */
export function parseSignature(line: string): NoteSignature | null {
  const [, keyName, encoded] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? null : decodeBase64(encoded);
  if (keyName === undefined || bytes === null || bytes.length <= KEY_ID_BYTES) return null;
  return { keyName, keyId: idOfBytes(bytes), signature: bytes.subarray(KEY_ID_BYTES) };
}

/** The id of an Ed25519 key: the first 8 hex digits of SHA-256 over name, newline, 0x01 and key. */
export function noteKeyId({ name, publicKey }: NoteKey): string {
  const start = encoder.encode(`${name}\n`);
  const input = new Uint8Array([...start, ED25519, ...publicKey]);
  return hash("sha256", input, "hex").slice(0, 2 * KEY_ID_BYTES);
}

/** The text of a key that verifiers are given: `name+id+base64`. */
export function formatNoteKey(key: NoteKey): string {
  return `${key.name}+${noteKeyId(key)}+${encodeBase64(new Uint8Array([ED25519, ...key.publicKey]))}`;
}

/** Reads a key for verifiers; null for a text that is none, of another algorithm, or with an id that is not its own. */
export function parseNoteKey(text: string): NoteKey | null {
  const [, name, keyId, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : decodeBase64(encoded);
  if (name === undefined || bytes === null || bytes[0] !== ED25519 || bytes.length !== 1 + PUBLIC_KEY_BYTES)
    return null;
  const key = { name, publicKey: bytes.subarray(1) };
  return noteKeyId(key) === keyId ? key : null;
}

/** True for a name that keys may have: not empty, no spaces, no plus. */
export function isKeyName(name: string): boolean {
  return /^[\w.:/-]{1,200}$/.test(name);
}

const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURES_MAX = 64;
const NOTE_LENGTH_MAX = 1024 * 1024;
const encoder = new TextEncoder();

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the format forbids exactly these.
  return /[\x00-\x09\x0b-\x1f]/.test(text);
}

function bytesOfId(keyId: string): readonly number[] {
  return [0, 2, 4, 6].map((at) => Number.parseInt(keyId.slice(at, at + 2), 16));
}

function idOfBytes(bytes: Uint8Array): string {
  return [...bytes.subarray(0, KEY_ID_BYTES)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
