import type { Action } from "../core/decide/action.ts";
import type { EntityType } from "../core/detect/entity-type.ts";
import { writeEncryptedMarker, writeTokenMarker } from "../core/transform/marker.ts";
import { maskText } from "../core/transform/mask.ts";
import { redactText } from "../core/transform/redact.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import type { TokenVault } from "./vault/token-vault.ts";

/** One stretch of text that is to be replaced. */
export interface ReplacementRequest {
  readonly action: Exclude<Action, "allow" | "block">;
  readonly entityType: EntityType;
  readonly original: string;
  /** Private path; asked for only where a vault token keeps it. */
  readonly path: () => string;
  readonly ruleId: string;
}

/** The texts to put in, in the order of the requests, and the vault tokens among them. */
export interface Replacements {
  readonly texts: readonly string[];
  /** Token id to original. */
  readonly issued: ReadonlyMap<string, string>;
}

/** Binds an inline ciphertext to its purpose; the only associated data needed to open one. */
export const INLINE_ENCRYPTION_AAD = { purpose: "inline-encrypt", version: 1 } as const;

const NONE_ISSUED: ReadonlyMap<string, string> = new Map();

/** True when every replacement follows from the text alone, without keys or storage. */
export function isPure(requests: readonly ReplacementRequest[]): boolean {
  return requests.every(({ action }) => action === "redact" || action === "mask");
}

/** The replacements of requests for which `isPure` holds. */
export function replacePurely(requests: readonly ReplacementRequest[]): Replacements {
  const texts = requests.map(({ action, entityType, original }) =>
    action === "mask" ? maskText(original) : redactText(entityType),
  );
  return { texts, issued: NONE_ISSUED };
}

/**
 * The replacements of any requests. All tokens of one call are stored in one
 * transaction, durable before the promise resolves.
 */
export async function replace(
  requests: readonly ReplacementRequest[],
  vault: TokenVault,
  crypto: CryptoProvider,
): Promise<Replacements> {
  if (isPure(requests)) return replacePurely(requests);
  const tokenized = requests.filter(({ action }) => action === "tokenize");
  const tokens = await vault.tokenizeAll(
    tokenized.map(({ original, entityType, path, ruleId }) => ({
      plaintext: original,
      type: entityType,
      path: path(),
      ruleId,
    })),
  );
  const tokenFor = new Map(tokenized.map((request, index) => [request, tokens[index]!]));
  const texts: string[] = [];
  for (const request of requests) {
    const token = tokenFor.get(request);
    if (token !== undefined) texts.push(writeTokenMarker(token.id));
    else if (request.action === "encrypt") {
      const envelope = await crypto.encrypt({ plaintext: request.original, aad: INLINE_ENCRYPTION_AAD });
      texts.push(writeEncryptedMarker(envelope));
    } else texts.push(...replacePurely([request]).texts);
  }
  return { texts, issued: new Map(tokens.map(({ id, plaintext }) => [id, plaintext])) };
}
