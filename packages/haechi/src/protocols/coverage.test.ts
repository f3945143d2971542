import assert from "node:assert/strict";
import { test } from "node:test";
import { coverageOf } from "./coverage.ts";
import { protocolFor, protocols } from "./registry.ts";

const routeOf = (type: string, id: string) => {
  const route = coverageOf(protocolFor(type)!).find((one) => one.id === id);
  assert.ok(route !== undefined);
  return route;
};

for (const protocol of protocols) {
  test(`the coverage of ${protocol.id} has every route once, in its order`, () => {
    assert.deepEqual(
      coverageOf(protocol).map(({ path }) => path),
      protocol.routes.map(({ path }) => path),
    );
  });
}

test("places are told by what they hold", () => {
  const { request, response, streams, refused } = routeOf("anthropic", "messages");
  assert.equal(refused, null);
  assert.ok(request["signed-text"].includes("messages.*.content.*.thinking"));
  assert.ok(request.opaque.includes("messages.*.content.*.signature"));
  assert.ok(request.media.includes("messages.*.content.*.source.data"));
  assert.ok(request.identifier.includes("messages.*.role"));
  assert.deepEqual(request.json, ["metadata.user_id"]);
  assert.ok(response.identifier.includes("stop_reason"));
  assert.deepEqual(
    streams.map(({ framing }) => framing),
    ["sse"],
  );
  assert.ok(streams[0]!.channels.some(({ place, content }) => place === "delta.partial_json" && content === "json"));
});

test("no ordinary text is named: what a tool is given is read whole", () => {
  const { request } = routeOf("anthropic", "messages");
  const places = Object.values(request).flat();
  assert.ok(!places.some((place) => /\.(?:text|input|title|context)(?:$|\.)/.test(place)));
});

test("every format of a stream is told, and the query that asks for it", () => {
  const { streams } = routeOf("gemini", "stream-generate-content");
  assert.deepEqual(
    streams.map(({ framing, query }) => [framing, query]),
    [
      ["json-array", null],
      ["sse", "alt=sse"],
    ],
  );
});

test("ids of tokens are told for a request, and texts said again for a response", () => {
  const { request, response } = routeOf("openai-compatible", "completions");
  assert.ok(request.tokens.includes("prompt.*.*"));
  assert.ok(response.tokens.includes("choices.*.logprobs"));
});

test("a refused route says why", () => {
  assert.equal(routeOf("ollama", "administration").refused, "administrative");
  assert.equal(routeOf("openai-compatible", "realtime").refused, "uninspectable");
});
