import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EMPTY_VIEW as EMPTY } from "./empty-view.oracle.ts";
import { viewEntry } from "./entry-view.ts";

const INTEGRITY = {
  alg: "sha256",
  canonicalization: "json-stable-v1",
  sequence: 7,
  eventHash: "h".repeat(43),
  previousHash: null,
};

describe("viewEntry", () => {
  it("sees nothing in an entry that says nothing", () => {
    assert.deepEqual(viewEntry(lineOf({})), EMPTY);
  });

  it("believes no member of another form", () => {
    const texts = Object.keys(EMPTY).map((name) => [name, 1]);
    assert.deepEqual(viewEntry(lineOf(Object.fromEntries(texts))), EMPTY);
    const others = { enforced: "true", blocked: 1, identity: "me", changedKeys: "mode", summary: null };
    assert.deepEqual(viewEntry(lineOf(others)), EMPTY);
    assert.deepEqual(viewEntry(lineOf({ summary: { detectionCount: "2", byType: 1, byAction: [] } })), EMPTY);
  });

  it("counts what is no number as none, and leaves out of a list what is no text", () => {
    const summary = { detectionCount: 2, byType: { email: 2, phone: "3" }, byAction: { redact: null } };
    const view = viewEntry(lineOf({ changedKeys: ["mode", 1, null, "policy"], summary }));
    assert.deepEqual(view, {
      ...EMPTY,
      changedKeys: ["mode", "policy"],
      detectionCount: 2,
      byType: new Map([
        ["email", 2],
        ["phone", 0],
      ]),
      byAction: new Map([["redact", 0]]),
    });
  });

  it("takes the route of a document from the end of its operation", () => {
    const routeOf = (entry: object) => viewEntry(lineOf(entry))?.routeId;
    assert.equal(routeOf({ operation: "request:POST chat-completions" }), "chat-completions");
    assert.equal(routeOf({ operation: "request:POST chat-completions", routeId: "models" }), "models");
    assert.equal(routeOf({ operation: "reveal" }), null);
  });

  it("is none of a line that is no entry", () => {
    for (const line of ["", "{", "[]", "{}", lineOf({ auditIntegrity: { ...INTEGRITY, segment: 1 } })]) {
      assert.equal(viewEntry(line), null, line);
    }
  });
});

function lineOf(entry: object): string {
  return JSON.stringify({ auditIntegrity: INTEGRITY, ...entry });
}
