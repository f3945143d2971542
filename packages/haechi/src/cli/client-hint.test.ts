import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../config/parse.ts";
import { clientHint, gatewayUrl } from "./client-hint.ts";

test("each wire format has the variable that its clients read", () => {
  const url = "http://127.0.0.1:11016";
  const hint = (target: object) => clientHint(parseConfig({ target }), url);
  assert.equal(hint({}), `export OPENAI_BASE_URL=${url}/v1`);
  assert.equal(hint({ type: "anthropic" }), `export ANTHROPIC_BASE_URL=${url}`);
  assert.equal(hint({ adapter: "ollama" }), `export OLLAMA_HOST=${url}`);
});

test("the address of a gateway is a URL, with TLS and IPv6 as they are", () => {
  assert.equal(gatewayUrl(parseConfig({})), "http://127.0.0.1:11016");
  assert.equal(gatewayUrl(parseConfig({ proxy: { host: "::1", port: 1 } })), "http://[::1]:1");
  const tls = { keyFile: "a", certFile: "b" };
  assert.equal(gatewayUrl(parseConfig({ proxy: { host: "localhost", tls } })), "https://localhost:11016");
});
