import { describe, it } from "node:test";
import { typeCommandsOf } from "../support/operators-commands.ts";

describe("the pages for operators", () => {
  // The page on incidents ends with a gateway that is stopped.
  it("do what they say, typed as they stand", { timeout: 60_000 }, (test) =>
    typeCommandsOf(["runbook", "rotate", "incident"], test),
  );
});
