import type { CryptoProvider } from "../ports/crypto-provider.ts";
import { isPure, type ReplacementRequest, replace, replacePurely } from "./replace.ts";
import type { TokenVault } from "./vault/token-vault.ts";

/** Replaces the same by the same; a promise only when a replacement needs keys or storage. */
export type Replacer = (requests: readonly ReplacementRequest[]) => readonly string[] | Promise<readonly string[]>;

/**
 * Opens the replacing of one stream: what is said twice in it, in its pieces and as a whole, is
 * replaced by the same token or ciphertext. For longer than a stream, a ciphertext that stands
 * for the same text again would tell that two texts are equal.
 */
export function createReplacer(vault: TokenVault, crypto: CryptoProvider): Replacer {
  const known = new Map<string, string>();
  return (requests) => {
    if (isPure(requests)) return replacePurely(requests).texts;
    const asked = new Map<string, ReplacementRequest>();
    for (const request of requests) if (!known.has(keyOf(request))) asked.set(keyOf(request), request);
    const finish = (texts: readonly string[]): string[] => {
      const fresh = new Map([...asked.keys()].map((key, at) => [key, texts[at]!]));
      for (const [key, text] of fresh) if (known.size < KNOWN_MAX) known.set(key, text);
      return requests.map((request) => fresh.get(keyOf(request)) ?? known.get(keyOf(request))!);
    };
    if (asked.size === 0) return finish([]);
    return replace([...asked.values()], vault, crypto).then(({ texts }) => finish(texts));
  };
}

/** Values that are kept in mind. Of more, the ones that come last are replaced each by its own. */
const KNOWN_MAX = 1024;

function keyOf({ action, entityType, original }: ReplacementRequest): string {
  return `${action} ${entityType} ${original}`;
}
