import fs from "node:fs";
import { HaechiError } from "../../core/errors.ts";
import type { PassphraseSource } from "./key-wrapping.ts";

/** The variable that holds the pass phrase of a wrapped key file. It comes before a file. */
const PASSPHRASE_VARIABLE = "HAECHI_KEY_PASSPHRASE";

/** The pass phrase from the environment or from a file; read when it is needed, and only then. */
export function passphraseSource({
  environment,
  file,
}: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Path; its last line end is not part of the pass phrase. */
  readonly file: string | null;
}): PassphraseSource {
  return () => {
    const given = environment[PASSPHRASE_VARIABLE];
    if (given !== undefined && given !== "") return given;
    return file === null ? null : readPassphraseFile(file);
  };
}

/**
 * The pass phrase in a file, without the line end that editors put behind it.
 * @throws HaechiError KEY_UNAVAILABLE
 */
export function readPassphraseFile(path: string): string {
  let text: string;
  try {
    if (fs.statSync(path).size > PASSPHRASE_BYTES_MAX) throw unusable();
    text = new TextDecoder("utf-8", { fatal: true }).decode(fs.readFileSync(path)).replace(/\r?\n$/, "");
  } catch {
    throw unusable();
  }
  if (text === "") throw unusable();
  return text;
}

const PASSPHRASE_BYTES_MAX = 4096;

function unusable(): HaechiError {
  const message = "The file of the pass phrase cannot be read, is empty, or is larger than a pass phrase is";
  return new HaechiError("KEY_UNAVAILABLE", message, { reason: "passphrase_file_unreadable" });
}
