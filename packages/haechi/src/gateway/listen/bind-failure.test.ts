import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { bindFailure } from "./bind-failure.ts";

it("names the key behind an address that the system does not give", async (test) => {
  const first = createServer().listen(0, "127.0.0.1");
  await once(first, "listening");
  test.after(() => first.close());
  const second = createServer().listen((first.address() as AddressInfo).port, "127.0.0.1");
  const [error] = await once(second, "listening").then(
    () => [new Error("no refusal")],
    (refusal) => [refusal],
  );
  const failure = bindFailure(error);
  assert.ok(isHaechiError(failure, "BIND_REFUSED"));
  const { port } = first.address() as AddressInfo;
  assert.equal(failure.message, `proxy.port: another program listens at 127.0.0.1:${port} already`);
});

it("writes an address of IPv6 as in a URL, and does without one that the system does not name", () => {
  const error = Object.assign(new Error("refused"), { code: "EACCES" });
  assert.equal(bindFailure(error).message, "proxy.port: the system does not let this user listen there");
  const named = Object.assign(error, { address: "::1", port: 80 });
  assert.equal(bindFailure(named).message, "proxy.port: the system does not let this user listen at [::1]:80");
});

it("leaves an error that it does not know as it is", () => {
  const error = new RangeError("other");
  assert.equal(bindFailure(error), error);
});
