import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import type { BundledPackage } from "./bundled-packages.ts";
import { readManifest } from "./package-entries.ts";
import { softwareBillOfMaterials } from "./sbom.ts";

const library = fileURLToPath(import.meta.resolve("@cyclonedx/cyclonedx-library/package.json"));
const bundled: BundledPackage[] = [
  { name: "@scope/part", version: "1.2.3", license: "MIT", licenseText: "MIT License" },
  { name: "part", version: "4.5.6", license: "(MIT OR Apache-2.0)", licenseText: "MIT License" },
];

test("is a valid CycloneDX 1.6 document", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ["spdx", "jsf-0.82"]) ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${fileOf(name)}`);
  const isValid = ajv.compile(schema("bom-1.6"));
  assert.ok(isValid(JSON.parse(softwareBillOfMaterials(readManifest(), bundled))), ajv.errorsText(isValid.errors));
});

test("names every bundled library by a package URL that stands for exactly its version", () => {
  const { components, dependencies, metadata } = JSON.parse(softwareBillOfMaterials(readManifest(), bundled));
  const urls = components.map(({ purl }: { purl: string }) => purl);
  assert.deepEqual(urls, ["pkg:npm/%40scope/part@1.2.3", "pkg:npm/part@4.5.6"]);
  const self = dependencies.find(({ ref }: { ref: string }) => ref === metadata.component["bom-ref"]);
  assert.deepEqual(self.dependsOn, urls);
});

test("says the same for the same parts", () => {
  const again = [...bundled].reverse();
  assert.equal(softwareBillOfMaterials(readManifest(), bundled), softwareBillOfMaterials(readManifest(), again));
});

function schema(name: string): object {
  return JSON.parse(readFileSync(join(dirname(library), "res/schema", fileOf(name)), "utf8"));
}

function fileOf(name: string): string {
  return `${name}.SNAPSHOT.schema.json`;
}
