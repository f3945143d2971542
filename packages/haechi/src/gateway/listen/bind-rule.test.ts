import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { decideBind } from "./bind-rule.ts";

const remote = { host: "0.0.0.0", allowsRemoteBind: true, servesTls: false, trustsForwardedProto: false };

describe("bind rule", () => {
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
