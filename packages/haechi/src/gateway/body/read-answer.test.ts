import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { tokenize } from "../../core/document/tokenize.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { Route } from "../../protocols/protocol.ts";
import { decodeAnswer, isUnreadable, readAnswer } from "./read-answer.ts";

/** As much of the engine as JSON and text need. */
const haechi = { read: (bytes) => tokenize(bytes, { depthMax: 8 }) } as Pick<Haechi, "read"> as Haechi;
const PNG = Buffer.from("89504e470d0a1a0a00", "hex");
const DATA = Uint8Array.of(0xff, 0x00, 0x01);

/** What an answer is read as; null for one that is not expected there. */
function readAs(
  content: string | Uint8Array,
  types: readonly string[],
  answers: Route["answers"] = [],
  readsText = false,
): string | null {
  const route: Route = { id: "r", path: "/r", stream: null, answers };
  const headers = types.flatMap((type) => ["Content-Type", type]);
  const parts = readAnswer(Buffer.from(content), headers, { haechi, route, readsText });
  if (parts === null) return null;
  const [part] = parts.parts;
  return part?.media ?? part?.document.format ?? "nothing";
}

describe("an answer", () => {
  it("is JSON when its type says so, whatever else the type says, and on every route", () => {
    for (const type of ["application/json", "Application/JSON; charset=x", "application/json;", "text/json"]) {
      assert.equal(readAs("{}", [type]), "json", type);
    }
    assert.throws(() => readAs("text", ["application/json"]), isUnreadable);
  });

  it("without a type is nothing that is known, and so is one with two", () => {
    assert.equal(readAs("{}", []), null);
    assert.equal(readAs(PNG, [], ["media", "text"], true), null);
    assert.equal(readAs(PNG, ["image/png", "image/png"], ["media", "text"], true), null);
  });

  it("of text is read where text is expected, or everything is", () => {
    for (const type of ["text/plain", "text/html; charset=utf-8", "application/xml"]) {
      assert.equal(readAs("text", [type]), null);
      assert.equal(readAs("text", [type], ["media"]), null);
      assert.equal(readAs("text", [type], ["text"]), "text");
      assert.equal(readAs("text", [type], [], true), "text");
    }
  });

  it("that calls itself data is text when it is, and is expected only where text is", () => {
    assert.equal(readAs("text", ["image/png"], ["media"]), null);
    assert.equal(readAs("text", ["image/png"]), null);
    assert.equal(readAs("text", ["image/png"], ["text"]), "text");
    assert.equal(readAs("text", ["image/png"], [], true), "text");
    assert.equal(readAs("text", ["application/unknown"], ["media", "text"]), "text");
  });

  it("of data passes where data is expected; elsewhere only what is known by its first bytes where everything is read", () => {
    assert.equal(readAs(PNG, ["image/png"], ["media"]), "image");
    assert.equal(readAs(DATA, ["audio/mpeg"], ["media"]), "audio");
    assert.equal(readAs(DATA, ["application/octet-stream"], ["media"]), "file");
    assert.equal(readAs(PNG, ["image/png"], ["text"]), null);
    assert.equal(readAs(PNG, ["image/png"]), null);
    assert.equal(readAs(PNG, ["image/png"], [], true), "image");
    assert.equal(readAs(DATA, ["image/png"], [], true), null);
    assert.equal(readAs(PNG, ["application/octet-stream"], [], true), null);
  });
});

describe("the content of an answer", () => {
  const decoded = (coding: string, body: Uint8Array, bytesMax = 100) =>
    decodeAnswer(["Content-Encoding", coding], body, bytesMax);

  it("is there without its codings, and not when they are unknown or do not hold", async () => {
    assert.equal(String(await decoded("gzip", gzipSync("text"))), "text");
    assert.equal(String(await decodeAnswer([], Buffer.from("text"), 100)), "text");
    assert.equal(await decoded("unheard-of", gzipSync("text")), null);
    assert.equal(await decoded("gzip", Buffer.from("text")), null);
  });

  it("is not inflated past the limit", async () => {
    await assert.rejects(decoded("gzip", gzipSync("x".repeat(101))), { code: "DOCUMENT_TOO_LARGE" });
    assert.equal((await decoded("gzip", gzipSync("x".repeat(100))))?.length, 100);
  });
});
