import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { decideBind, isLoopbackHost } from "./bind-rule.ts";

const remote = { host: "0.0.0.0", allowsRemoteBind: true, servesTls: false, trustsForwardedProto: false };

describe("bind rule", () => {
  it("knows this machine by its names and addresses", () => {
    for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "[::1]", "0:0:0:0:0:0:0:1"]) {
      assert.ok(isLoopbackHost(host), host);
    }
  });

  it("does not take other hosts for it", () => {
    for (const host of [
      "0.0.0.0",
      "::",
      "10.0.0.1",
      "127.evil.test",
      "127.0.0.1.test",
      "127.1",
      "localhost.test",
      "",
    ]) {
      assert.ok(!isLoopbackHost(host), host);
    }
  });

  it("asks for nothing on this machine", () => {
    const local = { ...remote, host: "127.0.0.1", allowsRemoteBind: false };
    assert.deepEqual(decideBind(local), { requiresForwardedProto: false });
    assert.deepEqual(decideBind({ ...local, trustsForwardedProto: true }), { requiresForwardedProto: false });
  });

  it("refuses a remote bind that only the configuration asks for, encrypted or not", () => {
    refused({ ...remote, allowsRemoteBind: false });
    refused({ ...remote, allowsRemoteBind: false, servesTls: true, trustsForwardedProto: true });
  });

  it("refuses a remote bind in the clear", () => refused(remote));

  it("allows it with TLS of its own, and behind a hop whose word it then asks for", () => {
    assert.deepEqual(decideBind({ ...remote, servesTls: true }), { requiresForwardedProto: false });
    assert.deepEqual(decideBind({ ...remote, trustsForwardedProto: true }), { requiresForwardedProto: true });
  });
});

function refused(request: typeof remote): void {
  assert.throws(
    () => decideBind(request),
    (error) => isHaechiError(error, "BIND_REFUSED"),
  );
}
