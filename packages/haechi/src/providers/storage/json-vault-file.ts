import fs from "node:fs";
import { unavailable } from "./vault-schema.ts";

/**
 * The records of a vault of the published format, one JSON file, which is read when they are asked for; nothing of
 * them is checked yet.
 * @throws HaechiError TOKEN_STORE_UNAVAILABLE
 */
export function* readJsonVault(path: string): Generator<readonly [id: string, record: unknown]> {
  const parsed = parse(readText(path));
  if (!isObject(parsed) || parsed.version !== 1 || !isObject(parsed.tokens)) {
    throw unavailable("The file is no JSON vault of version 1", "vault_format_unknown");
  }
  yield* Object.entries(parsed.tokens);
}

/** A text in memory has a largest length; about 500,000 tokens stay below this. */
const JSON_VAULT_BYTES_MAX = 500 * 1024 * 1024;

function readText(path: string): string {
  try {
    if (fs.statSync(path).size <= JSON_VAULT_BYTES_MAX) return fs.readFileSync(path, "utf8");
  } catch (cause) {
    throw unavailable("The JSON vault cannot be read", "vault_unavailable", cause);
  }
  throw unavailable("The JSON vault is too large", "vault_too_large");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the file.
    throw unavailable("The file is no JSON", "vault_format_unknown");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
