import type { AssociatedData, Envelope } from "../core/crypto/envelope.ts";
import { parseEnvelope } from "../core/crypto/parse-envelope.ts";
import { HaechiError } from "../core/errors.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";

/**
 * Holds a crypto provider against everything that Haechi relies on. Seals and opens about fifty short texts.
 * @throws HaechiError PROVIDER_INVALID naming every promise that is not kept
 */
export async function assertCryptoProviderConformance(
  provider: CryptoProvider,
  { requireHmac = true }: { readonly requireHmac?: boolean } = {},
): Promise<{ readonly ok: true }> {
  const promises = [...ENVELOPE_PROMISES, ...(provider.hmac === undefined && !requireHmac ? [] : HMAC_PROMISES)];
  const broken: string[] = [];
  for (const [promise, holds] of promises) {
    // A provider that throws where it should answer has not kept its promise either.
    const isKept = await holds(provider).catch(() => false);
    if (!isKept) broken.push(promise);
  }
  if (broken.length === 0) return { ok: true };
  throw new HaechiError("PROVIDER_INVALID", `The crypto provider does not conform: ${broken.join("; ")}`);
}

type Promises = readonly (readonly [promise: string, holds: (provider: CryptoProvider) => Promise<boolean>])[];

const AAD: AssociatedData = { purpose: "conformance", token: "tok_email_0123456789abcdef", type: "email" };
const TEXTS = ["first text", "second text", "", "값 · ערך · 🔑", "x".repeat(10_000)];
const FAR = "9999-01-01T00:00:00.000Z";
const PAST = "2000-01-01T00:00:00.000Z";

const ENVELOPE_PROMISES: Promises = [
  [
    "what is sealed opens to the same text",
    async (provider) => (await Promise.all(TEXTS.map((text) => roundTrip(provider, text)))).every(Boolean),
  ],
  [
    "an envelope is an envelope of specs/envelope.md, with kid and aadHash, also after JSON",
    async (provider) => {
      const envelope = parseEnvelope(JSON.parse(JSON.stringify(await seal(provider))));
      return envelope.kid !== "" && envelope.aadHash !== undefined && (await opensTo(provider, envelope, AAD, "text"));
    },
  ],
  [
    "no two envelopes of one text are the same",
    async (provider) => {
      const envelopes = await Promise.all(Array.from({ length: 8 }, () => seal(provider)));
      const distinct = (member: "iv" | "ct") => new Set(envelopes.map((envelope) => envelope[member])).size;
      return distinct("iv") === envelopes.length && distinct("ct") === envelopes.length;
    },
  ],
  [
    "an envelope does not show its text",
    async (provider) => {
      const text = "a text that would be seen";
      const envelope = await provider.encrypt({ plaintext: text, aad: AAD });
      const shown = [envelope.ct, JSON.stringify(envelope)].map((part) => Buffer.from(part, "base64url").toString());
      return !JSON.stringify(envelope).includes(text) && !shown.some((part) => part.includes(text));
    },
  ],
  [
    "associated data is the same in any order of its members",
    async (provider) => {
      const reversed = Object.fromEntries(Object.entries(AAD).reverse());
      return opensTo(provider, await seal(provider), reversed, "text");
    },
  ],
  [
    "other associated data is refused",
    async (provider) => {
      const envelope = await seal(provider);
      const others = [
        { ...AAD, token: "tok_email_fedcba9876543210" },
        { ...AAD, more: 1 },
        { purpose: AAD.purpose },
        {},
      ];
      return everyRefused(others.map((aad) => provider.decrypt({ envelope, aad })));
    },
  ],
  [
    "an envelope with a byte changed in ct, tag, iv or aadHash is refused",
    async (provider) => {
      const envelope = await seal(provider);
      const members = ["ct", "tag", "iv", "aadHash"] as const;
      const changed = members.map((name) => ({ ...envelope, [name]: otherStart(envelope[name] ?? "") }));
      return everyRefused(changed.map((other) => provider.decrypt({ envelope: other, aad: AAD })));
    },
  ],
  [
    "an unknown kid is refused",
    async (provider) => {
      const envelope = { ...(await seal(provider)), kid: "unknown-key" };
      return everyRefused([provider.decrypt({ envelope, aad: AAD })]);
    },
  ],
  [
    "an envelope past its expiresAt is refused, and one before it opens",
    async (provider) => {
      const past = await provider.encrypt({ plaintext: "text", aad: AAD, expiresAt: PAST });
      const far = await provider.encrypt({ plaintext: "text", aad: AAD, expiresAt: FAR });
      const isRefused = await everyRefused([provider.decrypt({ envelope: past, aad: AAD })]);
      return isRefused && (await opensTo(provider, far, AAD, "text"));
    },
  ],
  [
    "an expiresAt that was moved or taken away is refused",
    async (provider) => {
      const envelope = await provider.encrypt({ plaintext: "text", aad: AAD, expiresAt: PAST });
      const { expiresAt: _, ...endless } = envelope;
      const changed = [{ ...envelope, expiresAt: FAR }, endless];
      return everyRefused(changed.map((other) => provider.decrypt({ envelope: other, aad: AAD })));
    },
  ],
  [
    "what is no envelope is refused",
    async (provider) => {
      // Whatever a marker in a text may hold.
      const junk = [null, "text", {}, { v: 9 }] as unknown as readonly Envelope[];
      return everyRefused(junk.map((envelope) => provider.decrypt({ envelope, aad: AAD })));
    },
  ],
];

const HMAC_PROMISES: Promises = [
  ["hmac gives 64 hexadecimal digits", async (provider) => /^[0-9a-f]{64}$/.test(await hmac(provider, "data", "a"))],
  [
    "hmac gives equal data of a domain equal hashes",
    async (provider) => {
      const hashes = await Promise.all(["data", "data"].map((data) => hmac(provider, data, "a")));
      return hashes[0] === hashes[1];
    },
  ],
  [
    "hmac gives other data other hashes",
    async (provider) => (await hmac(provider, "data", "a")) !== (await hmac(provider, "datb", "a")),
  ],
  [
    "hmac keeps domains apart, also where domain and data run together",
    async (provider) => {
      const hashes = [
        await hmac(provider, "bc", "a"),
        await hmac(provider, "c", "ab"),
        await hmac(provider, "bc", "b"),
      ];
      return new Set(hashes).size === hashes.length;
    },
  ],
  [
    "hmac refuses a domain that is empty, undefined or null",
    async (provider) =>
      everyRejected(["", undefined, null].map((domain) => hmac(provider, "data", domain as unknown as string))),
  ],
];

function seal(provider: CryptoProvider): Promise<Envelope> {
  return provider.encrypt({ plaintext: "text", aad: AAD });
}

async function roundTrip(provider: CryptoProvider, plaintext: string): Promise<boolean> {
  return opensTo(provider, await provider.encrypt({ plaintext, aad: AAD }), AAD, plaintext);
}

async function opensTo(
  provider: CryptoProvider,
  envelope: Envelope,
  aad: AssociatedData,
  plaintext: string,
): Promise<boolean> {
  return (await provider.decrypt({ envelope, aad })) === plaintext;
}

/** Refused with the code that tells an envelope that is not to be opened from keys that are out of reach. */
async function everyRefused(attempts: readonly Promise<unknown>[]): Promise<boolean> {
  const outcomes = await Promise.allSettled(attempts);
  return outcomes.every((outcome) => outcome.status === "rejected" && codeOf(outcome.reason) === "ENVELOPE_REJECTED");
}

async function everyRejected(attempts: readonly Promise<unknown>[]): Promise<boolean> {
  const outcomes = await Promise.allSettled(attempts);
  return outcomes.every(({ status }) => status === "rejected");
}

/** By its code and not by its class: a provider may carry a copy of this package of its own. */
function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

async function hmac(provider: CryptoProvider, data: string, domain: string): Promise<string> {
  if (provider.hmac === undefined) throw new HaechiError("PROVIDER_INVALID", "The crypto provider has no hmac");
  return provider.hmac({ data, domain });
}

/** The text with another first character of base64url. */
function otherStart(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}
