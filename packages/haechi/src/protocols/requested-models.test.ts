import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenize } from "../core/document/tokenize.ts";
import { pathOf } from "./fields.ts";
import type { Route } from "./protocol.ts";
import { requestedModels } from "./requested-models.ts";

const routes: readonly Route[] = [
  { id: "chat", path: "/chat", stream: null, models: [pathOf("models.*")] },
  { id: "batch", path: "/batch", stream: null, models: [pathOf("requests.*.params.model")] },
  { id: "list", path: "/list", stream: null, models: [] },
  { id: "generate", path: "/models/{model}:generate", stream: null },
  { id: "deployed", path: "/deployments/{deployment}/chat", stream: null },
];
const ask = (path: string, body: string) =>
  requestedModels(routes, tokenize(new TextEncoder().encode(body), { depthMax: 32 }), path);

test("the member model of the body is a requested model, each time it stands there", () => {
  assert.deepEqual(ask("/chat", '{"model":"a","Model":"b","messages":[{"model":"c"}]}'), {
    names: ["a", "b"],
    incomplete: false,
  });
});

test("further places of a route are looked into, exactly where they stand", () => {
  assert.deepEqual(ask("/chat", '{"model":"a","models":["b","c"],"x":{"models":["d"]}}').names, ["a", "b", "c"]);
  assert.deepEqual(ask("/batch", '{"requests":[{"params":{"model":"a"}},{"params":{"model":"b","model":"c"}}]}'), {
    names: ["a", "b", "c"],
    incomplete: false,
  });
});

test("the path names a model, and the body one more", () => {
  assert.deepEqual(ask("/models/a:generate", '{"model":"b"}').names, ["a", "b"]);
  assert.deepEqual(ask("/deployments/a%20b/chat", "{}"), { names: ["a b"], incomplete: false });
});

test("a request that names no model where one is needed is incomplete", () => {
  for (const path of ["/chat", "/batch", "/somewhere/else"]) {
    assert.deepEqual(ask(path, '{"messages":[]}'), { names: [], incomplete: true });
  }
  assert.equal(ask("/list", "{}").incomplete, false);
});

test("a model that is no text makes a request incomplete, whatever else names one", () => {
  assert.equal(ask("/models/a:generate", '{"model":1}').incomplete, true);
  assert.equal(ask("/list", '{"model":null}').incomplete, true);
});

test("a request without a body names what its path names", () => {
  assert.deepEqual(requestedModels(routes, null, "/models/a:generate"), { names: ["a"], incomplete: false });
});

test("a path that nobody knows names a model where vendors put one, in every spelling", () => {
  for (const path of [
    "/Models/a:streamGenerateContent",
    "/MODELS/a",
    "/x/m%6Fdels//a/?y=1",
    "/v1/tunedModels/a:generateContent",
    "/OpenAI/Deployments/a/chat/",
    "/v1/engines/a/completions",
    "/model/a/invoke",
  ]) {
    assert.deepEqual(ask(path, '{"model":"b"}').names, ["a", "b"], path);
  }
  assert.deepEqual(ask("/model/claude:latest/invoke", "{}").names, ["claude:latest"]);
  assert.deepEqual(ask("/some/models", '{"model":"b"}').names, ["b"]);
});
