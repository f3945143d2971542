import assert from "node:assert/strict";
import { test } from "node:test";
import { matchTarget } from "./match-route.ts";
import { type Route, type StreamFormat, UNKNOWN_ROUTE } from "./protocol.ts";

const events: StreamFormat = {
  framing: "sse",
  byDefault: true,
  channels: [],
  controls: [],
  ends: [],
  errorFrame: () => "",
};
const array: StreamFormat = { ...events, framing: "json-array" };

const routes: readonly Route[] = [
  { id: "models", path: "/v1/models", stream: null },
  { id: "model", path: "/v1/models/{model}", stream: null },
  {
    id: "generate",
    path: "/v1/models/{model}:generate",
    stream: array,
    streamWhen: { parameter: "alt", value: "sse", format: events },
  },
  { id: "item", path: "/v1/lists/{list}/items/{item}", stream: null },
  { id: "compact", path: "/v1/lists/compact/items/all", stream: null },
  { id: "pull", path: "/api/pull", stream: null, refused: "administrative" },
  { id: "blob", path: "/api/blobs/{digest}", stream: null, refused: "administrative" },
];
const match = (target: string) => matchTarget({ routes }, target);
const clientWords = (target: string) => match(target).clientTexts.map(({ start, end }) => target.slice(start, end));

test("a path without placeholders is preferred", () => {
  assert.equal(match("/v1/lists/compact/items/all").route.id, "compact");
  assert.equal(match("/v1/lists/compact/items/one").route.id, "item");
});

test("of the patterns that match, the one that says most is chosen", () => {
  assert.equal(match("/v1/models/one:generate").route.id, "generate");
  assert.equal(match("/v1/models/ft:one:team").route.id, "model");
});

test("a placeholder holds a part of one segment, and not nothing", () => {
  assert.equal(match("/v1/models/a/b").route, UNKNOWN_ROUTE);
  assert.equal(match("/v1/models/").route, UNKNOWN_ROUTE);
  assert.equal(match("/v1/models/:generate").route.id, "model");
});

test("the values of placeholders are decoded, and a bad escape stays as it is", () => {
  assert.deepEqual([...match("/v1/models/a%2Fb%20c:generate").values], [["model", "a/b c"]]);
  assert.deepEqual([...match("/v1/models/%ff%zz").values], [["model", "%ff%zz"]]);
});

test("the words of the client are what placeholders hold, and no constant of ours", () => {
  assert.deepEqual(clientWords("/v1/models"), []);
  assert.deepEqual(clientWords("/v1/models/one:generate?alt=sse"), ["one"]);
  assert.deepEqual(clientWords("/v1/lists/a%20b/items/c"), ["a%20b", "c"]);
});

test("every segment of an unknown path is the client's", () => {
  assert.deepEqual(clientWords("//somewhere/else?x=y"), ["somewhere", "else"]);
  assert.equal(match("/somewhere").values.size, 0);
});

test("what any route forbids is forbidden in the body of an unknown one", () => {
  const known: readonly Route[] = [
    { id: "complete", path: "/complete", stream: null, tokenIds: [["prompt", "*"]], request: [] },
    { id: "chat", path: "/chat", stream: null, models: [["models", "*"]] },
  ];
  const { route } = matchTarget({ routes: known }, "/Complete/");
  assert.deepEqual(route, { ...UNKNOWN_ROUTE, tokenIds: [["prompt", "*"]], models: [["models", "*"]] });
});

test("the query chooses the format of the stream, however it is spelled", () => {
  const framing = (query: string) => match(`/v1/models/one:generate${query}`).route.stream?.framing;
  assert.equal(framing(""), "json-array");
  assert.equal(framing("?alt=json"), "json-array");
  assert.equal(framing("?alt=sse"), "sse");
  assert.equal(framing("?key=k&alt=%73se"), "sse");
});

for (const target of [
  "/api/pull",
  "/api/pull/",
  "/api//pull",
  "/api/./pull?x",
  "/api/x/../pull",
  "/api/%70ull",
  "/api/%2570ull",
  "/API/Pull",
  "/v1/models/..%2F..%2F..%2Fapi%2Fpull",
  "/v1/lists/x/items/..%5C..%5C..%5C..%5Capi%5Cpull",
]) {
  test(`${target} is taken for the refused route that an upstream may take it for`, () => {
    assert.equal(match(target).route.id, "pull");
  });
}

test("a refused route with a placeholder is recognized too", () => {
  assert.equal(match("/api/blobs//sha256:00").route.id, "blob");
  assert.equal(match("/api/blobs/").route, UNKNOWN_ROUTE);
});

test("another spelling of a served route is an unknown route, of which everything is read as text", () => {
  assert.equal(match("/v1/models/one/").route, UNKNOWN_ROUTE);
  assert.equal(match("/v1//models").route, UNKNOWN_ROUTE);
});
