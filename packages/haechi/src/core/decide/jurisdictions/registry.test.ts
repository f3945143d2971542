import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { ENTITY_TYPES } from "../../detect/entity-type.ts";
import { JURISDICTIONS } from "./registry.ts";

test("every jurisdiction file is registered", () => {
  const files = readdirSync(import.meta.dirname)
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((name) => !["jurisdiction", "registry", "registry.test"].includes(name));
  assert.deepEqual([...JURISDICTIONS.keys()].sort(), files.sort());
});

test("every jurisdiction stops cards and credentials and says what it was written for", () => {
  for (const [name, { actions, regulations, transfer }] of JURISDICTIONS) {
    for (const type of ["card", "api_key", "secret", "jp_mynumber"] as const)
      assert.equal(actions[type], "block", name);
    assert.ok(regulations.length > 0 && transfer.note !== "");
    assert.equal(transfer.requiresAssessment, name !== "us-general");
  }
});

test("national identity numbers are blocked where the table says so, and only there", () => {
  const blocked = (name: string) =>
    ENTITY_TYPES.filter((type) => JURISDICTIONS.get(name)?.actions[type] === "block").filter(
      (type) => !["card", "api_key", "secret", "jp_mynumber"].includes(type),
    );
  assert.deepEqual(blocked("kr-pipa"), ["kr_rrn"]);
  assert.deepEqual(blocked("jp-appi"), ["kr_rrn"]);
  assert.deepEqual(blocked("us-general"), []);
  assert.deepEqual(blocked("eu-gdpr"), [
    "kr_rrn",
    "fr_nir",
    "es_dni",
    "it_codice_fiscale",
    "uk_nino",
    "de_steuer_id",
    "nl_bsn",
  ]);
  assert.deepEqual(blocked("asia-pdpa"), [
    "kr_rrn",
    "fr_nir",
    "es_dni",
    "it_codice_fiscale",
    "sg_nric",
    "in_aadhaar",
    "de_steuer_id",
    "nl_bsn",
  ]);
});
