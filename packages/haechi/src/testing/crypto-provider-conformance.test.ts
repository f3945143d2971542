import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { isHaechiError } from "../core/errors.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import { initKeyFile } from "../providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../providers/crypto/local-crypto-provider.ts";
import { systemClock } from "../providers/system/system-clock.ts";
import { systemRandom } from "../providers/system/system-random.ts";
import { assertCryptoProviderConformance } from "./crypto-provider-conformance.ts";

const ports = { clock: systemClock, random: systemRandom };

async function localProvider(test: TestContext): Promise<Required<CryptoProvider>> {
  const keyFile = join(await tempFolder(test), "keys.json");
  await initKeyFile(keyFile, ports);
  return createLocalCryptoProvider({ keyFile, ...ports });
}

type Change = (good: Required<CryptoProvider>) => Partial<CryptoProvider>;

const fixedAad = { purpose: "always the same" };

/** Providers that each break one promise, and a word of what is said about it. */
const broken: readonly (readonly [string, RegExp, Change])[] = [
  [
    "ignores the associated data",
    /other associated data/,
    (good) => ({
      encrypt: (input) => good.encrypt({ ...input, aad: fixedAad }),
      decrypt: ({ envelope }) => good.decrypt({ envelope, aad: fixedAad }),
    }),
  ],
  [
    "seals a text the same each time",
    /no two envelopes/,
    (good) => {
      const sealed = new Map<string, ReturnType<CryptoProvider["encrypt"]>>();
      return {
        encrypt(input) {
          const known = sealed.get(JSON.stringify(input)) ?? good.encrypt(input);
          sealed.set(JSON.stringify(input), known);
          return known;
        },
      };
    },
  ],
  [
    "does not end at expiresAt",
    /past its expiresAt/,
    (good) => ({ encrypt: ({ expiresAt: _, ...input }) => good.encrypt(input) }),
  ],
  [
    "opens under a key that was not named",
    /unknown kid/,
    (good) => {
      let kid = "";
      return {
        async encrypt(input) {
          const envelope = await good.encrypt(input);
          kid = envelope.kid;
          return envelope;
        },
        decrypt: ({ envelope, aad }) =>
          good.decrypt({ envelope: envelope === null ? envelope : { ...envelope, kid }, aad }),
      };
    },
  ],
  [
    "says that keys are out of reach when an envelope is bad",
    /other associated data/,
    (good) => ({ decrypt: (input) => good.decrypt(input).catch(() => Promise.reject(new Error("unreachable"))) }),
  ],
  [
    "cuts texts",
    /opens to the same text/,
    (good) => ({ decrypt: async (input) => (await good.decrypt(input)).slice(0, 5) }),
  ],
  [
    "leaves out the kid",
    /kid and aadHash/,
    (good) => ({ encrypt: async (input) => ({ ...(await good.encrypt(input)), kid: "" }) }),
  ],
  [
    "hashes without the domain",
    /keeps domains apart/,
    (good) => ({ hmac: ({ data }) => good.hmac({ data, domain: "one" }) }),
  ],
  [
    "joins domain and data",
    /keeps domains apart/,
    (good) => ({ hmac: ({ data, domain }) => good.hmac({ data: `${domain}${data}`, domain: "one" }) }),
  ],
  [
    "takes an empty domain",
    /empty, undefined or null/,
    (good) => ({ hmac: ({ data, domain }) => good.hmac({ data, domain: domain || "none" }) }),
  ],
];

describe("assertCryptoProviderConformance", () => {
  it("finds nothing wrong with the local provider", async (test) => {
    assert.deepEqual(await assertCryptoProviderConformance(await localProvider(test)), { ok: true });
  });

  it("asks for hmac only where it is needed", async (test) => {
    const { encrypt, decrypt } = await localProvider(test);
    await assert.rejects(assertCryptoProviderConformance({ encrypt, decrypt }), /hmac/);
    assert.deepEqual(await assertCryptoProviderConformance({ encrypt, decrypt }, { requireHmac: false }), { ok: true });
  });

  for (const [what, said, change] of broken) {
    it(`names it when a provider ${what}`, async (test) => {
      const good = await localProvider(test);
      await assert.rejects(
        assertCryptoProviderConformance({ ...good, ...change(good) }),
        (error) => isHaechiError(error, "PROVIDER_INVALID") && said.test(error.message),
      );
    });
  }
});
