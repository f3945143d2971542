import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertAuthProviderConformance, type MadeUpSubject } from "../../packages/haechi/src/public/testing.ts";
import {
  answerJson,
  chatCompletion,
  recordingUpstream,
} from "../../packages/haechi/test/support/recording-upstream.ts";
import { startHaechi } from "../../packages/haechi/test/support/start-haechi.ts";
import { createTicketAuthenticator, signatureOf } from "./ticket-authenticator.ts";

const secret = "shared with the service that hands out tickets";
const issuer = "https://tickets.example.com";

describe("the authenticator that the guide shows", () => {
  it("keeps every promise of the contract", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { runtime } = await startHaechi(test, upstream.url);
    const now = Date.now();
    const authenticator = createTicketAuthenticator({
      secret,
      issuer,
      crypto: runtime.crypto,
      allowedLabelKeys: ["team"],
      now: () => now,
    });
    await assertAuthProviderConformance(authenticator, {
      now,
      vectors: {
        issuer,
        valid: ({ subject }) => ticket({ iss: issuer, sub: subject, from: now, until: now + 1 }),
        expired: ({ subject }) => ticket({ iss: issuer, sub: subject, from: now - 2, until: now }),
        notYetValid: ({ subject }) => ticket({ iss: issuer, sub: subject, from: now + 1, until: now + 2 }),
        refused: (somebody: MadeUpSubject) => [
          ticket({ iss: "https://others.example.com", sub: somebody.subject, from: now, until: now + 1 }),
          ticket({ iss: issuer, sub: somebody.subject }),
          ticket({ iss: issuer, sub: somebody.subject, from: now, until: now + 1 }, "another secret"),
        ],
      },
    });
  });

  it("lets the holder of a ticket in, and records them by hashes", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const keys = (await startHaechi(test, upstream.url)).runtime.crypto;
    const authenticator = createTicketAuthenticator({
      secret,
      issuer,
      crypto: keys,
      allowedLabelKeys: ["team"],
      now: Date.now,
    });
    const haechi = await startHaechi(test, upstream.url, { auth: { provider: "external" } }, { authenticator });
    const ask = (headers: Record<string, string>) => fetch(`${haechi.url}/v1/models`, { headers });
    const held = ticket({ iss: issuer, sub: "minji@example.com", team: "search", from: 0, until: Date.now() + 60_000 });
    assert.equal((await ask(held)).status, 200);
    assert.equal((await ask({})).status, 401);
    assert.match((await haechi.auditEntries())[0]!.identity!.id, /^ticket:[0-9a-f]{16}$/);
    assert.ok(!(await haechi.auditText()).includes("minji"));
    assert.ok(!upstream.requests[0]!.everything.includes(held.authorization));
  });
});

function ticket(claims: object, key = secret): { readonly authorization: string } {
  const text = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return { authorization: `Bearer ${text}.${signatureOf(text, key)}` };
}
