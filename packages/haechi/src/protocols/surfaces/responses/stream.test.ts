import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { responsesStream } from "./stream.ts";

// What OpenAI's own client declares, as text: types leave nothing that a program could ask.
const declarations = readFileSync(
  new URL("responses.d.ts", import.meta.resolve("openai/resources/responses/responses")),
  "utf8",
);
const declared = /^export type ResponseStreamEvent = (.+);$/m.exec(declarations)![1]!.split(" | ").map(declarationOf);

const channelEvents = responsesStream.channels.flatMap(({ events = [] }) => events);
const endEvents = responsesStream.ends.flatMap((end) => ("event" in end ? [end.event] : []));
const known = new Set([...channelEvents, ...endEvents, ...(responsesStream.otherEvents ?? [])]);

test("every event that the official client declares is known", () => {
  assert.ok(declared.length > 50);
  assert.deepEqual(
    declared.map(({ type }) => type).filter((type) => !known.has(type)),
    [],
  );
});

test("every declared event that adds to a text has a channel, and what adds sound has none", () => {
  const adding = declared.filter(({ text }) => /^ {4}delta: /m.test(text)).map(({ type }) => type);
  assert.deepEqual(
    adding.filter((type) => !channelEvents.includes(type)),
    ["response.audio.delta"],
  );
});

test("texts are told apart by members that the declared event has", () => {
  for (const { events = [], by = [] } of responsesStream.channels) {
    for (const event of events) {
      const { text } = declared.find(({ type }) => type === event)!;
      for (const member of by) assert.match(text, new RegExp(`^ {4}${member}: number;`, "m"));
    }
  }
});

test("every declared event counts by the member that error frames go on with", () => {
  for (const { text } of declared) assert.match(text, new RegExp(`^ {4}${responsesStream.counter}: number;`, "m"));
});

/** One interface of the declarations: its text, and the value of its member `type`. */
function declarationOf(name: string): { readonly type: string; readonly text: string } {
  const start = declarations.indexOf(`export interface ${name} {`);
  assert.ok(start >= 0, name);
  const text = declarations.slice(start, declarations.indexOf("\n}", start));
  return { type: /^ {4}type: '([^']+)';/m.exec(text)![1]!, text };
}
