import fs from "node:fs";
import { dirname, join } from "node:path";
import { type Checkpoint, parseCheckpoint } from "../../core/audit/checkpoint.ts";
import { type NoteKey, parseNote } from "../../core/audit/signed-note.ts";
import { HaechiError } from "../../core/errors.ts";
import type { SignedCheckpoint } from "../../ports/checkpoint-sink.ts";
import { durableFiles } from "../storage/durable-files.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { readRegularFile } from "../storage/regular-file.ts";
import { isSignedBy } from "./note-signer.ts";

/** Appends a note to a file of notes, durably; an empty line ends each. */
export async function appendCheckpoint(path: string, note: string): Promise<void> {
  makeFolder(dirname(path));
  const fd = durableFiles.openForAppend(path);
  try {
    durableFiles.syncDirectory(dirname(path));
    const length = wholeLength(fd);
    if (length < fs.fstatSync(fd).size) durableFiles.truncate(fd, length);
    await durableFiles.write(fd, Buffer.from(`${note}\n`, "utf8"));
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * The checkpoints in a file of notes, or in all files of a folder, that this key signed.
 * What a crash cut is passed over; anything else that it did not sign is refused.
 * @throws HaechiError LOG_INCONSISTENT
 */
export function readCheckpoints(path: string, key: NoteKey): readonly SignedCheckpoint[] {
  if (!fs.statSync(path).isDirectory()) return readNotes(readRegularFile(path, NOTES_BYTES_MAX), key);
  return fs
    .readdirSync(path)
    .filter((name) => name.endsWith(CHECKPOINT_EXTENSION))
    .map((name, at) => readCheckpoint(readRegularFile(join(path, name), NOTES_BYTES_MAX), key, at + 1));
}

/** A hundred thousands of checkpoints; a file is held in memory as a whole. */
const NOTES_BYTES_MAX = 256 * 1024 * 1024;

/** What the files of a folder of checkpoints end with. */
export const CHECKPOINT_EXTENSION = ".checkpoint";

/**
 * @param number which one it is of several
 * @throws HaechiError LOG_INCONSISTENT
 */
export function readCheckpoint(note: string, key: NoteKey, number = 1): SignedCheckpoint {
  const parsed = parseNote(note);
  const checkpoint: Checkpoint | null = parsed === null ? null : parseCheckpoint(parsed.text);
  if (parsed === null || checkpoint === null || checkpoint.log !== key.name || !isSignedBy(parsed, key)) {
    throw notSigned(number);
  }
  return { checkpoint, note };
}

function readNotes(text: string, key: NoteKey): readonly SignedCheckpoint[] {
  const signed: SignedCheckpoint[] = [];
  let start = 0;
  for (let end = endOfNote(text, start); end !== null; end = endOfNote(text, start)) {
    signed.push(readCheckpoint(text.slice(start, end - 1), key, signed.length + 1));
    start = end;
  }
  // A crash cuts a note short; it does not take away the empty line between a text and its signatures.
  const [unpaired, ...ended] = text.slice(start).split("\n\n");
  if (ended.length > 0 && unpaired?.includes("\u2014 ")) throw notSigned(signed.length + 1);
  return signed;
}

/** Where the note that begins at `start` ends, with the empty line behind it; null when it is not whole. */
function endOfNote(text: string, start: number): number | null {
  const signatures = text.indexOf("\n\n", start);
  const end = signatures === -1 ? -1 : text.indexOf("\n\n", signatures + 2);
  return end === -1 ? null : end + 2;
}

/** The bytes of a file of notes up to where a crash cut the last one. */
function wholeLength(fd: number): number {
  // One byte a character, so that places in the text are places in the file.
  const text = fs.readFileSync(fd).toString("latin1");
  let start = 0;
  for (let end = endOfNote(text, start); end !== null; end = endOfNote(text, start)) start = end;
  return start;
}

function notSigned(number: number): HaechiError {
  return new HaechiError("LOG_INCONSISTENT", `There is a checkpoint that this key did not sign: number ${number}`);
}
