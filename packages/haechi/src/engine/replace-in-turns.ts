import type { CryptoProvider } from "../ports/crypto-provider.ts";
import { ownTurn } from "./own-turn.ts";
import { isPure, type ReplacementRequest, type Replacements, replace } from "./replace.ts";
import type { TokenVault } from "./vault/token-vault.ts";

/**
 * As `replace`, for any number of requests: what takes keys or storage is done for a few hundred
 * at a time, and others have a turn in between. One value of a type gets one token all the same.
 * When it fails on the way, the vault holds tokens that nobody was given.
 */
export async function replaceInTurns(
  requests: readonly ReplacementRequest[],
  vault: TokenVault,
  crypto: CryptoProvider,
): Promise<Replacements> {
  if (requests.length <= AT_A_TIME || isPure(requests)) return replace(requests, vault, crypto);
  const { distinct, indexes } = withoutRepeatedTokens(requests);
  const texts: string[] = [];
  const issued = new Map<string, string>();
  for (let from = 0; from < distinct.length; from += AT_A_TIME) {
    await ownTurn(distinct.length);
    const some = await replace(distinct.slice(from, from + AT_A_TIME), vault, crypto);
    for (const text of some.texts) texts.push(text);
    for (const [id, original] of some.issued) issued.set(id, original);
  }
  return { texts: indexes.map((index) => texts[index]!), issued };
}

// To encrypt one value takes 40 µs, to store its token as long again.
const AT_A_TIME = 256;

interface DistinctRequests {
  readonly distinct: readonly ReplacementRequest[];
  /** Of each request, in `distinct`. */
  readonly indexes: readonly number[];
}

function withoutRepeatedTokens(requests: readonly ReplacementRequest[]): DistinctRequests {
  const distinct: ReplacementRequest[] = [];
  const tokens = new Map<string, number>();
  const indexes = requests.map((request) => {
    if (request.action !== "tokenize") return distinct.push(request) - 1;
    const value = `${request.entityType}:${request.original}`;
    const known = tokens.get(value);
    if (known !== undefined) return known;
    const index = distinct.push(request) - 1;
    tokens.set(value, index);
    return index;
  });
  return { distinct, indexes };
}
