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
  assert.match(failure.message, /^proxy\.port: another program/);
});

it("leaves an error that it does not know as it is", () => {
  const error = new RangeError("other");
  assert.equal(bindFailure(error), error);
});
