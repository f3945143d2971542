import assert from "node:assert/strict";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { selfSignedCertificate } from "../../../test/support/self-signed-certificate.ts";
import { type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import { type GuardedFetchOptions, guardedFetch } from "./guarded-fetch.ts";

const { key, cert } = selfSignedCertificate();
const loopback = async () => [{ address: "127.0.0.1", family: 4 }];
const permissive: GuardedFetchOptions = { ca: cert, isBlocked: () => false, resolve: loopback };

describe("guarded fetch", () => {
  it("gives the text of a resource", async (t) => {
    const url = await serve(t, (request, response) => response.end(`${request.method} ${request.url} 한`));
    assert.equal(await guardedFetch(`${url}keys?a=1`, permissive), "GET /keys?a=1 한");
  });

  it("connects to the address that was checked, resolving the name once", async (t) => {
    const url = await serve(t, (_request, response) => response.end("ok"));
    const asked: string[] = [];
    const resolve = async (hostname: string) => {
      asked.push(hostname);
      // A second answer would lead elsewhere.
      return [{ address: asked.length === 1 ? "127.0.0.1" : "127.0.0.2", family: 4 }];
    };
    const checked: string[] = [];
    const isBlocked = (address: string) => checked.push(address) === 0;
    assert.equal(await guardedFetch(url, { ca: cert, resolve, isBlocked }), "ok");
    assert.deepEqual(asked, ["localhost"]);
    assert.deepEqual(checked, ["127.0.0.1"]);
  });

  it("refuses a literal address that is not public, in any spelling, without connecting", async (t) => {
    let connections = 0;
    const url = await serve(
      t,
      (_request, response) => response.end(),
      () => connections++,
    );
    const { port } = new URL(url);
    for (const host of ["127.0.0.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"]) {
      await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch(`https://${host}:${port}/`, { ca: cert }));
    }
    assert.equal(connections, 0);
  });

  it("refuses a name of which one address is not public", async () => {
    for (const bad of ["10.0.0.1", "100.64.0.1", "64:ff9b::8.8.8.8", "fe80::1%eth0"]) {
      const resolve = async () => [
        { address: "192.0.1.1", family: 4 },
        { address: bad, family: bad.includes(":") ? 6 : 4 },
      ];
      await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch("https://keys.example/", { resolve }));
    }
  });

  it("refuses a name that does not resolve", async () => {
    const failing = () => Promise.reject(new Error("ENOTFOUND"));
    await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch("https://keys.example/", { resolve: failing }));
    await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch("https://keys.example/", { resolve: async () => [] }));
  });

  it("refuses what is not a plain https URL", async () => {
    for (const url of ["http://keys.example/", "file:///etc/passwd", "https://u:p@keys.example/", "keys", ""]) {
      await rejectsWith("CONFIG_INVALID", guardedFetch(url, permissive));
    }
  });

  it("follows no redirect", async (t) => {
    let requests = 0;
    const url = await serve(t, (_request, response) => {
      requests++;
      response.writeHead(302, { location: "/elsewhere" }).end("moved");
    });
    await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch(url, permissive));
    assert.equal(requests, 1);
  });

  it("takes no status but success", async (t) => {
    const url = await serve(t, (_request, response) => response.writeHead(404).end("no"));
    await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch(url, permissive));
  });

  it("refuses a certificate that nobody vouches for", async (t) => {
    const url = await serve(t, (_request, response) => response.end("ok"));
    await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch(url, { isBlocked: () => false, resolve: loopback }));
  });

  it("takes a body of exactly the largest size, and no larger one", async (t) => {
    const url = await serve(t, (request, response) => {
      const size = Number(request.url?.slice(1));
      response.write("a".repeat(size - 1));
      response.end("a");
    });
    assert.equal((await guardedFetch(`${url}1000`, { ...permissive, bodyBytesMax: 1000 })).length, 1000);
    await rejectsWith("UPSTREAM_TOO_LARGE", guardedFetch(`${url}1001`, { ...permissive, bodyBytesMax: 1000 }));
    assert.equal((await guardedFetch(`${url}1048576`, permissive)).length, 1_048_576);
    await rejectsWith("UPSTREAM_TOO_LARGE", guardedFetch(`${url}1048577`, permissive));
  });

  it("gives up on a body that does not end, a head that does not come and a name that does not resolve", async (t) => {
    const url = await serve(t, (request, response) => {
      if (request.url === "/body") response.write("and then");
    });
    const hurried = { ...permissive, timeoutMs: 50 };
    await rejectsWith("UPSTREAM_TIMEOUT", guardedFetch(`${url}body`, hurried));
    await rejectsWith("UPSTREAM_TIMEOUT", guardedFetch(`${url}head`, hurried));
    const silent = () => new Promise<never>(() => {});
    await rejectsWith("UPSTREAM_TIMEOUT", guardedFetch(url, { ...hurried, resolve: silent }));
  });

  it("refuses a body that breaks off, is compressed or is not text", async (t) => {
    const url = await serve(t, (request, response) => {
      if (request.url === "/broken") {
        response.writeHead(200, { "content-length": 10 }).write("five!", () => response.destroy());
      } else if (request.url === "/compressed") {
        response.writeHead(200, { "content-encoding": "gzip" }).end("?");
      } else {
        response.end(Buffer.from([0xff, 0xfe]));
      }
    });
    await rejectsWith("UPSTREAM_UNREACHABLE", guardedFetch(`${url}broken`, permissive));
    await rejectsWith("UPSTREAM_UNINSPECTABLE", guardedFetch(`${url}compressed`, permissive));
    await rejectsWith("UPSTREAM_UNINSPECTABLE", guardedFetch(`${url}binary`, permissive));
  });
});

async function serve(t: TestContext, answer: RequestListener, onConnection = () => {}): Promise<string> {
  const server = createServer({ key, cert }, answer);
  server.on("connection", onConnection);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://localhost:${(server.address() as AddressInfo).port}/`;
}

async function rejectsWith(code: HaechiErrorCode, result: Promise<unknown>): Promise<void> {
  await assert.rejects(result, (error) => isHaechiError(error, code));
}
