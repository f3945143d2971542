import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { isHaechiError } from "../core/errors.ts";
import type { Identity } from "../core/identity/identity.ts";
import type { AuthenticationRequest, Authenticator } from "../ports/authenticator.ts";
import { type AuthVectors, assertAuthProviderConformance, type MadeUpSubject } from "./auth-provider-conformance.ts";

const NOW = 1_000_000;
const hashOf = (text: string) => createHmac("sha256", "key").update(text).digest("hex");

/** Credentials that say who comes and until when, with a hash in place of a signature. */
const vectors: AuthVectors = {
  valid: (who, now) => credential(who, now, now + 1000),
  expired: (who, now) => credential(who, now - 1000, now),
  notYetValid: (who, now) => credential(who, now + 1, now + 1000),
  refused: () => [{ authorization: `Bearer ${"a".repeat(40)}` }],
};

function credential({ subject, issuer }: MadeUpSubject, from: number, until: number) {
  const claims = Buffer.from(JSON.stringify({ subject, issuer, from, until })).toString("base64url");
  return { authorization: `Bearer ${claims}.${hashOf(claims)}` };
}

interface Claims extends MadeUpSubject {
  readonly from: number;
  readonly until: number;
}

/** What a good provider does, in steps that a bad one replaces. */
const good = {
  claimsOf({ headers }: AuthenticationRequest): Claims | null {
    const header = headers.authorization;
    const [, claims = "", hash = ""] = /^Bearer ([\w-]+)\.([0-9a-f]{64})$/.exec(String(header)) ?? [];
    if (typeof header !== "string" || hashOf(claims) !== hash) return null;
    return JSON.parse(Buffer.from(claims, "base64url").toString());
  },
  isInTime: ({ from, until }: Claims) => NOW >= from && NOW < until,
  identityOf: ({ subject, issuer }: Claims): Identity => {
    const subjectHash = hashOf(JSON.stringify([issuer, subject]));
    const id = `made:${subjectHash.slice(0, 16)}`;
    const labels = { team: "a" };
    return { id, type: "user", subjectHash, issuerHash: hashOf(issuer), provider: "made", scopes: [], labels };
  },
  onFailure: (): Identity | null => {
    throw new Error("failed");
  },
};

function providerWith(changes: Partial<typeof good>): Authenticator {
  const steps = { ...good, ...changes };
  return {
    async authenticate(request) {
      let claims: Claims | null;
      try {
        claims = steps.claimsOf(request);
      } catch {
        return steps.onFailure();
      }
      return claims === null || !steps.isInTime(claims) ? null : steps.identityOf(claims);
    },
  };
}

describe("the conformance suite for authenticators", () => {
  it("finds nothing wrong with a good one", async () => {
    assert.deepEqual(await assertAuthProviderConformance(providerWith({}), { vectors, now: NOW }), {
      ok: true,
      failures: [],
    });
  });

  it("does not ask for credentials that end by themselves", async () => {
    const { valid } = vectors;
    await assertAuthProviderConformance(providerWith({}), { vectors: { valid }, now: NOW });
  });

  let calls = 0;
  const anybody = good.identityOf({ subject: "s", issuer: "i", from: 0, until: 0 });
  const broken: readonly (readonly [string, RegExp, Partial<typeof good>])[] = [
    ["denies everybody", /a valid credential is accepted/, { claimsOf: () => null }],
    [
      "lets everybody in",
      /without a credential/,
      { claimsOf: () => ({ subject: "s", issuer: "i", from: 0, until: NOW + 1 }) },
    ],
    ["takes everybody for one", /another subject is another identity/, { identityOf: () => anybody }],
    [
      "does not tell issuers apart",
      /same name at another issuer/,
      { identityOf: (claims) => good.identityOf({ ...claims, issuer: "i" }) },
    ],
    [
      "shows the subject",
      /says who the subject or the issuer is/,
      { identityOf: (claims) => ({ ...good.identityOf(claims), labels: { team: claims.subject } }) },
    ],
    [
      "shows the issuer in base64",
      /says who the subject or the issuer is/,
      {
        identityOf: (claims) => ({
          ...good.identityOf(claims),
          scopes: [Buffer.from(claims.issuer).toString("base64url")],
        }),
      },
    ],
    [
      "has no hash of the issuer",
      /one of the issuer/,
      { identityOf: (claims) => ({ ...good.identityOf(claims), issuerHash: null }) },
    ],
    [
      "knows somebody anew each time",
      /however often it comes/,
      {
        identityOf: (claims) => {
          calls += 1;
          return { ...good.identityOf(claims), id: `made:${calls}` };
        },
      },
    ],
    [
      "does not look at the clock",
      /expired credential is denied; a credential before its time/,
      { isInTime: () => true },
    ],
    [
      "reads any header",
      /in another place is denied/,
      {
        claimsOf: ({ headers }) => {
          const found = Object.values(headers).find((value) => String(value).startsWith("Bearer "));
          return good.claimsOf({ method: "", headers: { authorization: found }, remoteAddress: undefined });
        },
      },
    ],
    [
      "trims what it is given",
      /cut, lengthened, changed/,
      {
        claimsOf: ({ headers }) => {
          const [authorization] = String(headers.authorization).split(/, |(?<=\.[0-9a-f]{64})/);
          return good.claimsOf({ method: "", headers: { authorization }, remoteAddress: undefined });
        },
      },
    ],
    ["lets somebody in when it fails", /a failure inside denies/, { onFailure: () => anybody }],
  ];
  for (const [what, says, changes] of broken) {
    it(`finds one that ${what}`, async () => {
      await assert.rejects(
        assertAuthProviderConformance(providerWith(changes), { vectors, now: NOW }),
        (error) => isHaechiError(error, "PROVIDER_INVALID") && says.test(error.message),
      );
    });
  }
});
