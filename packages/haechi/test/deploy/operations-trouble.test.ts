import { describe, it } from "node:test";
import { typeCommandsOf } from "../support/operators-commands.ts";

describe("the pages for operators", () => {
  for (const page of ["rotate", "incident", "runbook"]) {
    it(`do what they say, typed as they stand: ${page}`, { timeout: 60_000 }, (test) => typeCommandsOf(page, test));
  }
});
