import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { compilePlaceRules } from "../../src/core/document/field-rules.ts";
import { leafText } from "../../src/core/document/leaf.ts";
import { tokenize } from "../../src/core/document/tokenize.ts";
import { matchRoute } from "../../src/protocols/match-route.ts";
import type { FieldContent, FieldPath } from "../../src/protocols/protocol.ts";
import { protocolFor } from "../../src/protocols/registry.ts";
import { recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { bodyWith, plantedBodies, textAt } from "./bodies.ts";
import { canaryNumbersIn, canaryText } from "./numbered-canaries.ts";
import { type Place, written } from "./places.ts";
import { framingOf, streamOf } from "./streams.ts";

export type TargetType = NonNullable<NonNullable<ConfigInput["target"]>["type"]>;

/** What is called, and how many places share a body or a stream. */
export interface Called {
  readonly type: TargetType;
  readonly path: string;
  readonly placesMax: number;
}

/** The places of a request whose canaries reach the upstream. */
export async function passedInRequests(test: TestContext, called: Called, places: readonly Place[]) {
  const { send } = await openWay(test, called, "redact");
  const passed: string[] = [];
  for (const { body, planted } of plantedBodies(places, called.placesMax)) {
    const sent = JSON.stringify(body);
    const { status, reply, received } = await send(sent, "{}", "application/json");
    assert.equal(status, 200, `${reply} ${sent}`);
    passed.push(...passedBy(sent, received, planted));
  }
  return passed;
}

/** The places of a response whose canaries reach the client. */
export async function passedInResponses(test: TestContext, called: Called, places: readonly Place[]) {
  const { send } = await openWay(test, called, "redact");
  const passed: string[] = [];
  for (const { body, planted } of plantedBodies(places, called.placesMax)) {
    const answer = JSON.stringify(body);
    const { status, reply } = await send(ASKING, answer, contentTypeOf(called.path));
    assert.equal(status, 200, `${reply} ${answer}`);
    passed.push(...passedBy(answer, reply, planted, copiesOf(called)));
  }
  return passed;
}

/** Where the responses of a call say their text again. */
function copiesOf({ type, path }: Called): readonly FieldPath[] | undefined {
  return matchRoute(protocolFor(type)!, path).copies;
}

/** The places of the frames of a stream whose canaries reach the client. */
export async function passedInStreams(test: TestContext, called: Called, places: readonly Place[]) {
  const { send } = await openWay(test, called, "redact");
  const framing = framingOf(called.path);
  const passed: string[] = [];
  for (const group of inGroups(plantedBodies(places, 1), called.placesMax)) {
    const planted = new Map(group.flatMap((one) => [...one.planted]));
    const answer = streamOf(
      framing,
      group.map(({ body }) => body),
    );
    const { status, reply } = await send(ASKING_FOR_STREAM, answer, framing.contentType);
    assert.equal(status, 200, `${reply} ${answer}`);
    passed.push(...passedBy(answer, reply, planted, copiesOf(called)));
  }
  return passed;
}

/**
 * The places whose canaries reach the client when one frame has the one half and the next frame the other, though no
 * format says of them that their texts do not grow.
 */
export async function passedInHalves(test: TestContext, called: Called, places: readonly Place[]) {
  const { send } = await openWay(test, called, "redact");
  const framing = framingOf(called.path);
  const format = matchRoute(protocolFor(called.type)!, called.path).stream;
  const neverGrowing = compilePlaceRules((format?.fields ?? []).filter(({ holds }) => NEVER_GROWING.has(holds)));
  const passed: string[] = [];
  const size = Math.min(called.placesMax, GROWING_MAX);
  for (const group of apart([...places.entries()]).flatMap((round) => inGroups(round, size))) {
    const halves = group.flatMap(([number, place]) => {
      const text = canaryText(number);
      return [text.slice(0, text.length / 2), text.slice(text.length / 2)].map((half) => bodyWith(place, half));
    });
    const { reply } = await send(ASKING_FOR_STREAM, streamOf(framing, halves), framing.contentType);
    const received = framing.bodiesIn(reply);
    assert.equal(received.length, halves.length, reply);
    for (const [at, [, place]] of group.entries()) {
      const joined = received.slice(2 * at, 2 * at + 2).map((body) => textAt(body, place));
      if (canaryNumbersIn(joined.join("")).length === 0) continue;
      const body = tokenize(Buffer.from(JSON.stringify(halves[2 * at])), { depthMax: 100 });
      if (neverGrowing.placesIn(body).every(({ leaf }) => !leafText(body, leaf).includes("canary"))) {
        passed.push(written(place));
      }
    }
  }
  return passed;
}

/** Of the places that no format names, a gateway follows so many in one stream. */
const GROWING_MAX = 20;

/** Rounds in which each place of a frame is there once, whatever stands around it: two texts at one would be taken for one. */
function apart(places: readonly [number, Place][]): readonly (readonly [number, Place][])[] {
  const rounds: [number, Place][][] = [];
  const seen = new Map<string, number>();
  for (const [number, place] of places) {
    const plain = written(place).replaceAll(/(?<!^)\{[^}]*\}/g, "");
    const round = seen.get(plain) ?? 0;
    seen.set(plain, round + 1);
    rounds[round] ??= [];
    rounds[round].push([number, place]);
  }
  return rounds;
}

/** Names and signatures come whole. */
const NEVER_GROWING: ReadonlySet<FieldContent> = new Set(["identifier", "opaque"]);

/** The places of a response, or of a stream, that reach the client although values are blocked. */
export async function passedBlocking(test: TestContext, called: Called, places: readonly Place[], isStream: boolean) {
  const { send } = await openWay(test, called, "block");
  const framing = framingOf(called.path);
  const passed: string[] = [];
  for (const { body, planted } of plantedBodies(places, 1)) {
    const { reply } = isStream
      ? await send(ASKING_FOR_STREAM, streamOf(framing, [body]), framing.contentType)
      : await send(ASKING, JSON.stringify(body), contentTypeOf(called.path));
    assert.ok(reply.includes("haechi_response_policy_block"), reply);
    passed.push(...placesOf(canaryNumbersIn(reply), planted));
  }
  return passed;
}

/** Results of a batch are lines of JSON. */
function contentTypeOf(path: string): string {
  return path.endsWith("/results") ? "application/x-jsonl" : "application/json";
}

const ASKING = JSON.stringify({ model: "test-model" });
const ASKING_FOR_STREAM = JSON.stringify({ model: "test-model", stream: true });

/** A gateway with an upstream behind it, which answers what it is told. */
async function openWay(test: TestContext, { type, path }: Called, action: "redact" | "block") {
  let answer = "";
  let contentType = "";
  const upstream = await recordingUpstream(test, (response) => {
    response.writeHead(200, { "content-type": contentType }).end(answer);
  });
  const haechi = await startHaechi(test, upstream.url, {
    target: { type },
    streaming: { requestMode: "inspect" },
    responseProtection: { enabled: true },
    policy: { presets: [], defaultAction: action, actions: { card: action } },
  });
  return {
    send: async (body: string, nextAnswer: string, nextType: string) => {
      answer = nextAnswer;
      contentType = nextType;
      const headers = { "content-type": "application/json" };
      const response = await fetch(haechi.url + path, { method: "POST", headers, body });
      const reply = await response.text();
      return { status: response.status, reply, received: upstream.requests.at(-1)?.everything ?? "" };
    },
  };
}

function inGroups<Member>(all: readonly Member[], size: number): readonly (readonly Member[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, group) =>
    all.slice(group * size, (group + 1) * size),
  );
}

/**
 * The places whose canaries came through. All were sent, and what did not come through was replaced, or emptied
 * where a response says its text again.
 */
function passedBy(
  sent: string,
  received: string,
  planted: ReadonlyMap<number, Place>,
  copies: readonly FieldPath[] = [],
): readonly string[] {
  assert.deepEqual(canaryNumbersIn(sent), [...planted.keys()]);
  const passed = canaryNumbersIn(received);
  if (passed.length === 0) {
    const copied = [...planted].filter(([, { steps }]) => copies.some((path) => beginsWith(steps.map(nameOf), path)));
    const emptied = copied.map(([number, place]) =>
      plantedStringsIn(JSON.stringify(bodyWith(place, canaryText(number)))),
    );
    const replaced = stringsWith("[REDACTED:", received);
    const all = plantedStringsIn(sent);
    const least = all - emptied.reduce((sum, strings) => sum + strings, 0);
    assert.ok(replaced >= least && replaced <= all, `${replaced} of ${all}\n${sent}\n${received}`);
  }
  return placesOf(passed, planted);
}

function plantedStringsIn(json: string): number {
  return stringsWith("@example.com", json);
}

function nameOf(step: Place["steps"][number]): string {
  return step.in === "list" ? "*" : (step.member ?? "");
}

function beginsWith(names: readonly string[], [first, ...rest]: FieldPath): boolean {
  if (first === undefined) return true;
  if (first === "**") {
    return beginsWith(names, rest) || (names.length > 0 && beginsWith(names.slice(1), [first, ...rest]));
  }
  return names[0] === first && beginsWith(names.slice(1), rest);
}

function placesOf(numbers: readonly number[], planted: ReadonlyMap<number, Place>): readonly string[] {
  return numbers.map((number) => written(planted.get(number)!));
}

/** How many strings of some JSON have a text in them. */
function stringsWith(part: string, json: string): number {
  return (json.match(/"(?:[^"\\]|\\.)*"/g) ?? []).filter((string) => string.includes(part)).length;
}
