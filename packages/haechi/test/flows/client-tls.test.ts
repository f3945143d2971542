import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import https, { type RequestOptions } from "node:https";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { TLSSocket } from "node:tls";
import { type Authority, createAuthority } from "../support/certificates.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("https for clients", () => {
  it("goes on with another certificate when its files change, and with the one before while they do not fit", async (test) => {
    const { haechi, files, serverAuthority, write } = await served(test);
    const first = await ask(haechi, { ca: serverAuthority.cert });
    assert.equal(first.status, 200);

    writeFileSync(files.certFile, "not a certificate");
    await logged(haechi, "proxy_tls_unusable");
    assert.equal((await ask(haechi, { ca: serverAuthority.cert })).serial, first.serial);

    write(serverAuthority.issue());
    await logged(haechi, "proxy_tls_reloaded");
    const second = await ask(haechi, { ca: serverAuthority.cert });
    assert.equal(second.status, 200);
    assert.notEqual(second.serial, first.serial);
  });

  it("with authorities for clients serves those that show a certificate, and tells and records the others", async (test) => {
    const clients = createAuthority("clients");
    const { haechi, serverAuthority } = await served(test, clients);
    const ca = serverAuthority.cert;
    assert.equal((await ask(haechi, { ca, ...clients.issue() })).status, 200);
    for (const identity of [{}, createAuthority("strangers").issue(), clients.issue({ notAfter: "200102000000Z" })]) {
      const refused = await ask(haechi, { ca, ...identity });
      assert.equal(refused.status, 403);
      assert.match(refused.text, /haechi_client_certificate_required/);
    }
    const probe = await ask(haechi, { ca }, "/__haechi/live");
    assert.equal(probe.status, 200);
    const refusals = (await haechi.auditEntries()).filter((entry) => "reason" in entry && entry.blocked);
    assert.deepEqual(
      refusals.map((entry) => "reason" in entry && [entry.decision, entry.reason]),
      Array.from({ length: 3 }, () => ["auth_denied", "client_certificate_required"]),
    );
  });

  it("trusts other authorities of clients once their file changes", async (test) => {
    const [before, after] = [createAuthority("before"), createAuthority("after")];
    const { haechi, files, serverAuthority } = await served(test, before);
    const ca = serverAuthority.cert;
    assert.equal((await ask(haechi, { ca, ...after.issue() })).status, 403);
    writeFileSync(files.clientCaFile, after.cert);
    await logged(haechi, "proxy_tls_reloaded");
    assert.equal((await ask(haechi, { ca, ...after.issue() })).status, 200);
    assert.equal((await ask(haechi, { ca, ...before.issue() })).status, 403);
  });
});

async function served(test: TestContext, clients?: Authority) {
  const folder = await tempFolder(test);
  const serverAuthority = createAuthority("servers");
  const files = {
    keyFile: join(folder, "key.pem"),
    certFile: join(folder, "cert.pem"),
    clientCaFile: join(folder, "clients.pem"),
  };
  const write = ({ key, cert }: { readonly key: string; readonly cert: string }) => {
    writeFileSync(files.keyFile, key);
    writeFileSync(files.certFile, cert);
  };
  write(serverAuthority.issue());
  if (clients !== undefined) writeFileSync(files.clientCaFile, clients.cert);
  const { clientCaFile, ...own } = files;
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
  const tls = clients === undefined ? own : { ...own, clientCaFile };
  const haechi = await startHaechi(test, upstream.url, { proxy: { tls } }, {}, { tlsWatchMs: 20 });
  return { haechi, files, serverAuthority, write };
}

async function ask({ gateway }: HaechiUnderTest, identity: RequestOptions, path = "/v1/chat/completions") {
  const request = https.request({
    ...identity,
    host: "127.0.0.1",
    port: gateway.port,
    path,
    method: path.startsWith("/v1") ? "POST" : "GET",
    headers: { "content-type": "application/json" },
    agent: false,
  });
  request.end(
    path.startsWith("/v1") ? JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }] }) : "",
  );
  const [response] = (await once(request, "response")) as [IncomingMessage];
  // The certificate is told as long as the connection is there.
  const serial = (response.socket as TLSSocket).getPeerCertificate().serialNumber;
  const text = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode, text, serial };
}

/** Waits for a line of the log; `tlsWatchMs` is short here. */
async function logged({ logged }: HaechiUnderTest, event: string): Promise<void> {
  while (!logged.some((line) => line.includes(`"${event}"`))) await new Promise((resolve) => setImmediate(resolve));
}
