import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { headerValue, headerValues, withoutHeader } from "./header-list.ts";

const anyName = fc.constantFrom("via", "Via", "VIA", "te", "x-via", "vi\u0130");
const anyHeaders = fc.array(fc.tuple(anyName, fc.constantFrom("via", "a", "")), { maxLength: 8 });

describe("a header list", () => {
  it("has under a name what stands there in any case, and is without it what stands under others", () => {
    fc.assert(
      fc.property(anyHeaders, (pairs) => {
        const own = pairs.filter(([name]) => /^via$/i.test(name));
        const others = pairs.filter((pair) => !own.includes(pair));
        assert.deepEqual(
          headerValues(pairs.flat(), "via"),
          own.map(([, value]) => value),
        );
        assert.equal(headerValue(pairs.flat(), "via"), own[0]?.[1]);
        assert.deepEqual(withoutHeader(pairs.flat(), "via"), others.flat());
      }),
    );
  });
});
