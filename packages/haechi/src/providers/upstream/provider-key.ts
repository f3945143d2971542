import fs from "node:fs";
import { HaechiError } from "../../core/errors.ts";

/** Gives the key of a provider for one request. @throws HaechiError KEY_UNAVAILABLE */
export type ProviderKey = () => string;

/**
 * A key that was handed to this process at its start.
 * @param name of the variable, for the message
 * @throws HaechiError KEY_UNAVAILABLE
 */
export function keyOfEnvironment(environment: Readonly<Record<string, string | undefined>>, name: string): ProviderKey {
  const key = usableKey(environment[name] ?? "", `The variable ${name}`);
  return () => key;
}

/**
 * The key in a file, without the line end that editors put behind it. A file that was replaced is read again,
 * and one that has become unusable stops requests: the key that it held may have been withdrawn.
 * @param configPath where the file is named, for the message
 * @throws HaechiError KEY_UNAVAILABLE
 */
export function keyOfFile(path: string, configPath = "target.auth.keyFile"): ProviderKey {
  const place = `The file ${configPath}`;
  let known: { readonly stamp: string; readonly key: string } | null = null;
  const read = () => {
    try {
      const { ino, mtimeMs, size } = fs.statSync(path);
      const stamp = `${ino}:${mtimeMs}:${size}`;
      if (known?.stamp === stamp) return known.key;
      if (size > KEY_BYTES_MAX) throw unusable(place);
      known = { stamp, key: usableKey(fs.readFileSync(path, "latin1").replace(/\r?\n$/, ""), place) };
      return known.key;
    } catch (error) {
      known = null;
      throw error instanceof HaechiError ? error : unusable(place);
    }
  };
  read();
  return read;
}

const KEY_BYTES_MAX = 8192;
// RFC 9110 §5.5 without what would begin another header or another word: keys and tokens are one word of visible ASCII.
const KEY = /^[!-~]+$/;

function usableKey(text: string, place: string): string {
  if (KEY.test(text) && text.length <= KEY_BYTES_MAX) return text;
  throw unusable(place);
}

function unusable(place: string): HaechiError {
  return new HaechiError("KEY_UNAVAILABLE", `${place} does not hold what it is for: one word of visible ASCII`, {
    reason: "provider_key_unavailable",
  });
}
