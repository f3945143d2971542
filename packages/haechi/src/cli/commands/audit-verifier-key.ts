import { existsSync, readFileSync } from "node:fs";
import { type NoteKey, parseNoteKey } from "../../core/audit/signed-note.ts";
import { usageError } from "../command-error.ts";

/**
 * The key of verifiers that an option gives: itself, or the file that it is in.
 * @throws CommandError
 */
export function verifierKeyOf(text: string): NoteKey {
  const key = parseNoteKey(text) ?? (existsSync(text) ? parseNoteKey(readFileSync(text, "utf8").trim()) : null);
  if (key === null) throw usageError("--verifier-key expects name+id+key, or a file with it");
  return key;
}
