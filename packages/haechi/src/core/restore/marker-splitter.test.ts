import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { writeTokenMarker } from "../transform/marker.ts";
import { createMarkerSplitter, type MarkerSegment } from "./marker-splitter.ts";
import { restoreText } from "./restore.ts";

const ids = new Set(["tok_a_01", "tok_a_012", "tok_b_01"]);

function split(chunks: readonly string[]): MarkerSegment[] {
  const splitter = createMarkerSplitter(ids);
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

/** Neighbouring texts as one: where a text is cut says nothing. */
function joined(segments: readonly MarkerSegment[]): MarkerSegment[] {
  const result: MarkerSegment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if (segment.kind === "text" && last?.kind === "text") {
      result[result.length - 1] = { kind: "text", text: last.text + segment.text };
    } else result.push(segment);
  }
  return result;
}

test("a marker of an issued token comes out as one", () => {
  assert.deepEqual(split(["a [TOKEN:tok_a_01] b"]), [
    { kind: "text", text: "a " },
    { kind: "marker", id: "tok_a_01" },
    { kind: "text", text: " b" },
  ]);
});

test("a marker that arrives in pieces comes out as one", () => {
  assert.deepEqual(split([..."[TOKEN:tok_a_012]"]), [{ kind: "marker", id: "tok_a_012" }]);
});

test("a foreign marker is text and is not held", () => {
  const splitter = createMarkerSplitter(ids);
  assert.deepEqual(splitter.push("[TOKEN:tok_z"), [{ kind: "text", text: "[TOKEN:tok_z" }]);
  assert.deepEqual(splitter.push("_01]"), [{ kind: "text", text: "_01]" }]);
});

test("only what could still become a marker is held", () => {
  const splitter = createMarkerSplitter(ids);
  assert.deepEqual(splitter.push("see [1] and [TOK"), [{ kind: "text", text: "see [1] and " }]);
  assert.deepEqual(splitter.push("YO"), [{ kind: "text", text: "[TOKYO" }]);
  assert.deepEqual(splitter.push("["), []);
  assert.deepEqual(splitter.push("["), [{ kind: "text", text: "[" }]);
  assert.deepEqual(splitter.end(), [{ kind: "text", text: "[" }]);
  assert.deepEqual(splitter.end(), []);
});

test("nothing is held when nothing was issued", () => {
  const splitter = createMarkerSplitter(new Set());
  assert.deepEqual(splitter.push("[TOKEN:"), [{ kind: "text", text: "[TOKEN:" }]);
});

const part = fc.constantFrom(
  "[TOKEN:",
  "[TOK",
  "[",
  "]",
  "tok_a_01",
  "2",
  ...[...ids].map(writeTokenMarker),
  "[TOKEN:tok_z_99]",
  "😀 words",
  "https://x.example/",
  "](",
  " ",
);
const anyText = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));

const anyChunks = anyText.chain((text) =>
  fc.array(fc.nat(text.length), { maxLength: 8 }).map((cuts) => {
    const places = [0, ...cuts.sort((a, b) => a - b), text.length];
    return places.slice(1).map((place, index) => text.slice(places[index], place));
  }),
);

test("any chunking gives the same segments", () => {
  fc.assert(
    fc.property(anyChunks, (chunks) => {
      assert.deepEqual(joined(split(chunks)), joined(split([chunks.join("")])));
    }),
  );
});

test("what comes out is what went in, and markers are where a whole text has them", () => {
  const originals = new Map([...ids].map((id) => [id, `<${id}>`]));
  fc.assert(
    fc.property(anyChunks, (chunks) => {
      const text = chunks.join("");
      const segments = split(chunks);
      const render = (marker: (id: string) => string) =>
        segments.map((segment) => (segment.kind === "text" ? segment.text : marker(segment.id))).join("");
      assert.equal(render(writeTokenMarker), text);
      assert.equal(
        render((id) => originals.get(id)!),
        restoreText(text, originals),
      );
      assert.ok(segments.every((segment) => segment.kind === "marker" || segment.text !== ""));
    }),
  );
});

test("what is held is the start of a marker and never a whole one", () => {
  const markers = [...ids].map(writeTokenMarker);
  fc.assert(
    fc.property(anyChunks, (chunks) => {
      const splitter = createMarkerSplitter(ids);
      for (const chunk of chunks) splitter.push(chunk);
      for (const segment of splitter.end()) {
        assert.ok(segment.kind === "text");
        const { text } = segment;
        assert.ok(markers.some((marker) => marker.startsWith(text) && marker !== text));
      }
    }),
  );
});
