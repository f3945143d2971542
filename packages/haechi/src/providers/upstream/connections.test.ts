import assert from "node:assert/strict";
import { once } from "node:events";
import { rename, writeFile } from "node:fs/promises";
import type { RequestListener, Server } from "node:http";
import http from "node:http";
import https, { type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { TLSSocket } from "node:tls";
import { type Certified, createAuthority } from "../../../test/support/certificates.ts";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { DurableReceipt } from "../../ports/audit-sink.ts";
import { type Upstream, type UpstreamFault, type UpstreamRequest, wasNotSent } from "../../ports/upstream.ts";
import type { UpstreamTls } from "./connection-options.ts";
import { createHttpUpstream, type HttpUpstreamOptions } from "./http-upstream.ts";

// The receipt is proof for the compiler only; no provider looks at it.
const receipt = { eventId: "e" } as unknown as DurableReceipt;
const get: UpstreamRequest = { method: "GET", path: "/", headers: [], body: null };

describe("the host of an upstream", () => {
  it("is connected to at the address that was checked, and resolved anew for every connection", async (t) => {
    const { server, port } = await serve(t, (_request, response) => response.end("ok"));
    let lookUps = 0;
    const resolve = async () => {
      lookUps += 1;
      return [{ address: "127.0.0.1", family: 4 }];
    };
    const upstream = open(t, { origin: new URL(`http://model.invalid:${port}`), resolve, connectionsMax: 1 });
    assert.equal(await body(upstream), "ok");
    assert.equal(await body(upstream), "ok");
    assert.equal(lookUps, 1);
    server.closeAllConnections();
    assert.equal(await body(upstream), "ok");
    assert.equal(lookUps, 2);
  });

  it("is not connected to where its name leads to an address that the rule refuses, then or later", async (t) => {
    let connections = 0;
    const { server, port } = await serve(t, (_request, response) => response.end("ok"));
    server.on("connection", () => connections++);
    let answers = ["127.0.0.1"];
    const resolve = async () => answers.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const origin = new URL(`http://model.invalid:${port}`);
    const privately = open(t, { origin, resolve, addresses: "private" });
    assert.equal(await body(privately), "ok");
    for (const addresses of ["any", "private", "public"] as const) {
      const upstream = addresses === "private" ? privately : open(t, { origin, resolve, addresses });
      for (const refused of REFUSED[addresses]) {
        // The address of a name may change from one connection to the next, and one bad one among good ones is enough.
        answers = addresses === "public" ? ["8.8.8.8", refused] : ["127.0.0.1", refused];
        server.closeAllConnections();
        await failsWith("address_blocked", upstream);
      }
    }
    assert.equal(connections, 1);
  });

  it("is refused at start where it is an address that the rule refuses", () => {
    for (const [host, addresses] of [
      ["127.0.0.1", "public"],
      ["[::ffff:7f00:1]", "public"],
      ["8.8.8.8", "private"],
    ] as const) {
      assert.throws(
        () => createHttpUpstream({ ...defaults, origin: new URL(`http://${host}/`), addresses }),
        (error) => isHaechiError(error, "CONFIG_INVALID"),
      );
    }
  });

  it("that does not resolve, or does not answer the look-up in time, is a fault before anything was sent", async (t) => {
    const origin = new URL("http://model.invalid:1");
    const unresolved = async () => {
      throw Object.assign(new Error("not found"), { code: "ENOTFOUND" });
    };
    await failsWith("name_unresolved", open(t, { origin, resolve: unresolved }));
    await failsWith("name_unresolved", open(t, { origin, resolve: async () => [] }));
    const silent = () => new Promise<never>(() => {});
    await failsWith("connect_timeout", open(t, { origin, resolve: silent, connectTimeoutMs: 20 }));
  });
});

const REFUSED = {
  any: ["169.254.169.254", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254", "fe80::1%eth0", "::"],
  private: ["8.8.8.8", "169.254.169.254", "100.64.0.1", "2001:4860:4860::8888"],
  public: ["127.0.0.1", "10.0.0.1", "::1", "::ffff:7f00:1", "100.64.0.1", "64:ff9b::8.8.8.8"],
} as const;

describe("TLS towards an upstream", () => {
  it("trusts the authorities of a file in place of those of the platform", async (t) => {
    const authority = createAuthority();
    const server = await serveTls(t, authority.issue());
    const files = await tlsFiles(t, { caFile: authority.cert });
    assert.equal(await body(open(t, { origin: server.origin, tls: files })), "ok");
    await failsWith("certificate_untrusted", open(t, { origin: server.origin }));
    const another = await tlsFiles(t, { caFile: createAuthority().cert });
    await failsWith("certificate_untrusted", open(t, { origin: server.origin, tls: another }));
  });

  it("is verified even where the environment asks for no verification", async (t) => {
    const server = await serveTls(t, createAuthority().issue());
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    t.after(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    });
    await failsWith("certificate_untrusted", open(t, { origin: server.origin }));
  });

  it("refuses a certificate that is out of date or of another name, and takes the name that was configured", async (t) => {
    const authority = createAuthority();
    const tls = await tlsFiles(t, { caFile: authority.cert });
    const expired = await serveTls(t, authority.issue({ notAfter: "210101000000Z" }));
    await failsWith("certificate_expired", open(t, { origin: expired.origin, tls }));
    const named = await serveTls(t, authority.issue({ names: ["model.internal"], addresses: [] }));
    await failsWith("certificate_name_mismatch", open(t, { origin: named.origin, tls }));
    assert.equal(await body(open(t, { origin: named.origin, tls: { ...tls, serverName: "model.internal" } })), "ok");
  });

  it("says so where the other side does not speak TLS", async (t) => {
    const { port } = await serve(t, (_request, response) => response.end("ok"));
    await failsWith("tls_failed", open(t, { origin: new URL(`https://127.0.0.1:${port}`) }));
  });

  it("shows its certificate to an upstream that asks for one", async (t) => {
    const authority = createAuthority();
    const { cert, key } = authority.issue();
    const asking = { requestCert: true, ca: authority.cert };
    const server = await serveTls(t, authority.issue(), asking);
    const known = await tlsFiles(t, { caFile: authority.cert, certFile: cert, keyFile: key });
    assert.equal(await body(open(t, { origin: server.origin, tls: known })), "ok");
    const unknown = await tlsFiles(t, { caFile: authority.cert });
    const error = await failureOf(open(t, { origin: server.origin, tls: unknown }));
    assert.ok(isHaechiError(error, "UPSTREAM_UNREACHABLE"));
  });

  it("uses files that were replaced for the next exchange, and stays with the old ones while the new are of no use", async (t) => {
    const old = createAuthority("old");
    const next = createAuthority("new");
    const outcomes: string[] = [];
    let changed = Promise.withResolvers<void>();
    const onReload = (outcome: string) => {
      outcomes.push(outcome);
      changed.resolve();
    };
    const files = { ...(await tlsFiles(t, { caFile: old.cert })), watchMs: 5, onReload };
    const oldServer = await serveTls(t, old.issue());
    const upstream = open(t, { origin: oldServer.origin, tls: files });
    assert.equal(await body(upstream), "ok");

    await writeFile(files.caFile!, "no certificate");
    await changed.promise;
    assert.equal(await body(upstream), "ok");

    changed = Promise.withResolvers();
    await writeFile(`${files.caFile}.new`, next.cert);
    await rename(`${files.caFile}.new`, files.caFile!);
    await changed.promise;
    // The connection of before is still open, and nothing goes out on it.
    await failsWith("certificate_untrusted", upstream);
    assert.deepEqual(outcomes, ["unusable", "reloaded"]);
  });

  it("lets an exchange end on its connection when the files are replaced", async (t) => {
    const authority = createAuthority();
    const held = Promise.withResolvers<void>();
    const reloaded = Promise.withResolvers<string>();
    const server = await serveTls(t, authority.issue(), {}, (_request, response) => {
      response.write("first ");
      held.promise.then(() => response.end("last"));
    });
    const files = { ...(await tlsFiles(t, { caFile: authority.cert })), watchMs: 5, onReload: reloaded.resolve };
    const upstream = open(t, { origin: server.origin, tls: files });
    const response = await upstream.send(get, receipt, never());
    await writeFile(files.caFile!, createAuthority().cert);
    assert.equal(await reloaded.promise, "reloaded");
    held.resolve();
    assert.equal(String(await response.body.collect(100)), "first last");
  });

  it("is refused at start with files that cannot be read or do not belong together", async (t) => {
    const authority = createAuthority();
    const { cert } = authority.issue();
    for (const [files, key] of [
      [{ caFile: "not a certificate" }, "caFile"],
      [{ certFile: cert, keyFile: authority.issue().key }, "keyFile"],
    ] as const) {
      const tls = await tlsFiles(t, files);
      assert.throws(
        () => createHttpUpstream({ ...defaults, origin: new URL("https://127.0.0.1:1"), tls }),
        new RegExp(`target.tls.${key}: expected`),
      );
    }
    const tls = { caFile: join(await tempFolder(t), "absent.pem"), configPath: "target.tls" };
    assert.throws(
      () => createHttpUpstream({ ...defaults, origin: new URL("https://127.0.0.1:1"), tls }),
      /target.tls.caFile: expected a file that can be read/,
    );
  });
});

const defaults = {
  connectTimeoutMs: 30_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 30_000,
  collectTimeoutMs: 30_000,
  connectionsMax: 8,
};

function open(t: TestContext, options: Partial<HttpUpstreamOptions> & { readonly origin: URL }): Upstream {
  const upstream = createHttpUpstream({ ...defaults, ...options });
  t.after(() => upstream.close());
  return upstream;
}

async function body(upstream: Upstream): Promise<string> {
  return String(await (await upstream.send(get, receipt, never())).body.collect(1000));
}

async function failureOf(upstream: Upstream): Promise<unknown> {
  return await body(upstream).then(
    () => assert.fail("the exchange succeeded"),
    (error: unknown) => error,
  );
}

/** The exchange fails for this reason, which says that nothing was sent. */
async function failsWith(reason: UpstreamFault, upstream: Upstream): Promise<void> {
  const error = await failureOf(upstream);
  assert.ok(isHaechiError(error), String(error));
  assert.equal(error.reason, reason);
  assert.ok(wasNotSent(error));
}

function never(): AbortSignal {
  return new AbortController().signal;
}

async function tlsFiles(
  t: TestContext,
  contents: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string },
): Promise<UpstreamTls> {
  const folder = await tempFolder(t);
  const paths: Record<string, string> = {};
  for (const [name, content] of Object.entries(contents)) {
    paths[name] = join(folder, `${name}.pem`);
    await writeFile(paths[name], content);
  }
  return { ...paths, configPath: "target.tls" };
}

async function serve(t: TestContext, listener: RequestListener) {
  return await listening(t, http.createServer(listener));
}

async function serveTls(t: TestContext, certified: Certified, options: ServerOptions = {}, listener?: RequestListener) {
  const server = https.createServer(
    { ...certified, ...options, rejectUnauthorized: options.requestCert === true },
    listener ?? ((_request, response) => response.end("ok")),
  );
  server.on("tlsClientError", (_error: Error, socket: TLSSocket) => socket.destroy());
  const { port } = await listening(t, server);
  return { server, origin: new URL(`https://127.0.0.1:${port}`) };
}

async function listening(t: TestContext, server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}
