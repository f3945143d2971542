import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { type Answer, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const { email, secret, us_ssn } = CANARIES;
const FORM = { "content-type": "application/x-www-form-urlencoded" };

test("credentials of a login at the server cross as they are, in both directions", async (t) => {
  const granted = { access_token: secret, refresh_token: secret, scope: "read", note: `mail ${email}` };
  const { url, requests, auditText } = await between(t, (response) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify(granted)),
  );
  const form = new URLSearchParams({ grant_type: "refresh_token", refresh_token: secret, client_secret: secret });
  const answer = await fetch(`${url}/token`, { method: "POST", headers: FORM, body: form });
  assert.deepEqual(await answer.json(), { ...granted, note: "mail [REDACTED:email]" });
  assert.equal(requests[0]!.body.toString(), form.toString());
  assert.deepEqual(canariesIn(await auditText()), []);
});

test("what else stands in a login is held against the policy", async (t) => {
  const { url, requests } = await between(t, (response) => response.end("{}"));
  for (const fields of [{ scope: `read ${email}` }, { scope: us_ssn }]) {
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: "a", ...fields });
    assert.equal((await fetch(`${url}/token`, { method: "POST", headers: FORM, body })).status, 403);
  }
  assert.equal(requests.length, 0);
  const headers = { "content-type": "application/json" };
  const said = { client_name: "a", contacts: [email], redirect_uris: ["http://localhost/callback"] };
  await fetch(`${url}/register`, { method: "POST", headers, body: JSON.stringify(said) });
  assert.deepEqual(JSON.parse(requests[0]!.body.toString()), { ...said, contacts: ["[REDACTED:email]"] });
});

test("a person logs in at the server: the browser is sent there, or where the server sends it", async (t) => {
  const answers: Answer[] = [
    (response) => response.writeHead(302, { location: "http://localhost:3000/callback?code=c1" }).end(),
    (response) => response.writeHead(303, { location: "/signin?next=a" }).end(),
    (response) => response.setHeader("content-type", "text/html").end("<form action=/signin>"),
  ];
  const { url, server } = await between(t, (response, ...rest) => answers.shift()!(response, ...rest));
  const locations: unknown[] = [];
  for (const _ of [...answers]) {
    const { status, headers } = await fetch(`${url}/authorize?state=s`, { redirect: "manual" });
    locations.push([status, headers.get("location")]);
  }
  assert.deepEqual(locations, [
    [302, "http://localhost:3000/callback?code=c1"],
    [302, `${server}/signin?next=a`],
    [302, `${server}/authorize?state=s`],
  ]);
});

test("a login is no way around the messages: other methods and bodies are refused", async (t) => {
  const { url, requests } = await between(t, (response) => response.end("{}"));
  const json = { "content-type": "application/json" };
  for (const [path, method, headers, status] of [
    ["/token", "GET", {}, 403],
    ["/token", "POST", json, 415],
    ["/register", "POST", FORM, 415],
    ["/authorize", "POST", FORM, 403],
  ] as const) {
    const body = method === "POST" ? "{}" : null;
    const answer = await fetch(url + path, { method, headers, body, redirect: "manual" });
    assert.equal(answer.status, status, `${method} ${path}`);
  }
  assert.equal(requests.length, 0);
});

async function between(t: TestContext, answer: Answer) {
  const upstream = await recordingUpstream(t, answer);
  const { url, auditText } = await startHaechi(t, upstream.url, {
    target: { type: "mcp" },
    policy: { actions: { us_ssn: "block" } },
    responseProtection: { enabled: true },
  });
  return { url, auditText, server: upstream.url, requests: upstream.requests };
}
