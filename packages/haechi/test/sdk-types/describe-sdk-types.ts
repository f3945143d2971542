import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { inSnakeCase, type Place, parseTypeList, placesIn, written } from "./places.ts";
import { listFile, readSdkTypes } from "./read-sdk-types.ts";
import type { Sdk } from "./sdk-calls.ts";
import {
  passedBlocking,
  passedInHalves,
  passedInRequests,
  passedInResponses,
  passedInStreams,
  type TargetType,
} from "./through-a-gateway.ts";

const IS_LONG_RUN = fc.readConfigureGlobal().numRuns !== undefined;
/** Many places share a body, unless the run is a long one. */
const PLACES_MAX = IS_LONG_RUN ? 1 : 60;
/** Whole texts are sent at every place; those in halves at every so many, as what reads them is the same. */
const HALVES_STEP = IS_LONG_RUN ? 1 : 3;

/** Plants a canary at every place of every type of an SDK that may hold a string, and sends it through a gateway. */
export function describeSdkTypes(sdk: Sdk, type: TargetType): void {
  const list = readFileSync(listFile(sdk), "utf8");
  const types = parseTypeList(list);
  const calls = [...types].filter(([name]) => name.startsWith("/") && !name.includes("."));

  describe(`the types of the official SDK for ${sdk}`, () => {
    it("are those that are listed (if not: node scripts/list-sdk-types.ts)", () => {
      assert.deepEqual(readSdkTypes(sdk).split("\n"), list.split("\n"));
    });

    for (const [path, members] of calls) {
      const called = { type, path, placesMax: PLACES_MAX };
      if (members.has("request")) {
        it(`let no text of a request for ${path} reach the upstream`, async (test) => {
          const places = placesIn(types, `${path}.request`);
          assert.deepEqual(await passedInRequests(test, called, places), []);
          if (type === "gemini") assert.deepEqual(await passedInRequests(test, called, places.map(inSnakeCase)), []);
        });
      }
      if (members.has("response")) {
        it(`let no text of a response of ${path} reach the client`, async (test) => {
          const places = placesIn(types, `${path}.response`);
          assert.deepEqual(await passedInResponses(test, called, places.filter(isNotSigned)), []);
          assert.deepEqual(await passedBlocking(test, called, places.filter(isSigned), false), []);
        });
      }
      if (members.has("event")) {
        it(`let no text of a stream of ${path} reach the client`, async (test) => {
          const places = placesIn(types, `${path}.event`);
          assert.deepEqual(await passedInStreams(test, called, places.filter(isNotSigned)), []);
          assert.deepEqual(await passedBlocking(test, called, places.filter(isSigned), true), []);
        });
        it(`let no text reach the client that is split over two frames of a stream of ${path}`, async (test) => {
          const places = placesIn(types, `${path}.event`).filter(isNotSigned);
          const tried = places.filter((_, at) => at % HALVES_STEP === 0);
          assert.deepEqual(await passedInHalves(test, called, tried), []);
        });
      }
    }
  });
}

/** What a provider has signed is blocked or left as it is, never changed: a changed text is refused when it comes back. */
function isSigned(place: Place): boolean {
  return /\{type=thinking(?:_delta)?\}thinking$/.test(written(place));
}

function isNotSigned(place: Place): boolean {
  return !isSigned(place);
}
