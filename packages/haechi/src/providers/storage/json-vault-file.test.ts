import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import type { HaechiError } from "../../core/errors.ts";
import { readJsonVault } from "./json-vault-file.ts";

describe("readJsonVault", () => {
  it("gives the records of a vault of the published format, unchecked", async (t) => {
    const path = join(await tempFolder(t), "tokens.json");
    fs.writeFileSync(path, '{"version":1,"tokens":{"a":{"type":"email"},"b":null}}');
    assert.deepEqual(
      [...readJsonVault(path)],
      [
        ["a", { type: "email" }],
        ["b", null],
      ],
    );
  });

  it("refuses anything else without a word of it", async (t) => {
    const path = join(await tempFolder(t), "tokens.json");
    assert.throws(() => [...readJsonVault(path)], refusal("vault_unavailable"));
    for (const text of ["", "{", "sekret", '"sekret"', "null", "[]", '{"version":2,"tokens":{}}', '{"version":1}']) {
      fs.writeFileSync(path, text);
      assert.throws(() => [...readJsonVault(path)], refusal("vault_format_unknown"), text);
    }
    fs.writeFileSync(path, '{"version":1,"tokens":["sekret"]}');
    assert.throws(() => [...readJsonVault(path)], refusal("vault_format_unknown"));
    fs.truncateSync(path, 500 * 1024 * 1024 + 1);
    assert.throws(() => [...readJsonVault(path)], refusal("vault_too_large"));
  });
});

function refusal(reason: string): (error: HaechiError) => true {
  return (error) => {
    assert.deepEqual([error.code, error.reason], ["TOKEN_STORE_UNAVAILABLE", reason]);
    assert.doesNotMatch(String(error.stack), /sekret/);
    return true;
  };
}
