import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { numbersOf } from "../support/seeded-numbers.ts";
import { mutationsOf } from "./mutations.ts";
import { SURFACES } from "./surfaces.ts";

/** Of each surface; HAECHI_FUZZ_RUNS=2000000 and another HAECHI_FUZZ_SEED are a campaign. */
const RUNS = Number(process.env.HAECHI_FUZZ_RUNS ?? 2_000);
const SEED = Number(process.env.HAECHI_FUZZ_SEED ?? 1);

describe(`over ${RUNS} broken inputs from seed ${SEED}`, () => {
  for (const surface of SURFACES) {
    it(surface.name, () => {
      const numbers = numbersOf(SEED);
      const next = mutationsOf(surface, numbers);
      for (let run = 0; run < RUNS; run++) {
        const bytes = next();
        try {
          surface.check(bytes, numbers);
        } catch (error) {
          assert.fail(`run ${run}, ${Buffer.from(bytes).toString("base64")}: ${(error as Error).message}`);
        }
      }
    });
  }
});
