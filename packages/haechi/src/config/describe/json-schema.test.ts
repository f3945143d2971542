import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { checkConfig, defaultConfig, parseConfig } from "../parse.ts";
import { configSchema } from "../schema.ts";
import { exampleConfigFile } from "./example-file.ts";
import { configJsonSchema, type JsonSchema } from "./json-schema.ts";
import { configReferencePage } from "./reference-page.ts";

const acceptedBySchema = new Ajv2020({ allErrors: true }).compile(configJsonSchema());

const plugin = {
  manifestPath: "a",
  trustAnchors: { k: "p" },
  allowCapabilities: ["readsCredentials"],
  timeoutMs: 1,
  resourceLimits: { maxOldGenerationSizeMb: 1 },
};

/** Values for a key, good and bad alike. */
const values: readonly unknown[] = [
  null,
  true,
  "",
  "a",
  "enforce",
  "file",
  "http://127.0.0.1:9",
  "http://u@h",
  -1,
  0,
  0.5,
  1,
  70_000,
  1e12,
  [],
  [""],
  ["email"],
  ["x-a"],
  ["Cookie"],
  ["cookie"],
  {},
  { card: "mask" },
  { bogus: 1 },
  { requestsPerMinute: 5 },
  { keyFile: "a", certFile: "b" },
  { keyFile: "a" },
  { pfxFile: "a", passphrase: "b" },
  { pfxFile: "a", certFile: "b" },
  [{ id: "a", type: "b", pattern: "c" }],
  [{ value: "a" }],
  [{}],
  plugin,
  { ...plugin, allowCapabilities: ["networkEgress"] },
  { ...plugin, trustAnchors: {} },
];

test("the JSON Schema accepts what the parser accepts, for every key and many values", () => {
  for (const path of keyPaths(configJsonSchema())) {
    for (const value of values) {
      const input = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
      assertAgreement(input);
    }
  }
});

test("the JSON Schema accepts what the parser accepts, for several keys together", () => {
  const paths = keyPaths(configJsonSchema()).filter((path) => path.length === 2);
  const setting = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...values));
  fc.assert(
    fc.property(fc.array(setting, { maxLength: 4 }), (settings) => {
      const input: Record<string, Record<string, unknown>> = {};
      for (const [[section = "", name = ""], value] of settings) input[section] = { ...input[section], [name]: value };
      assertAgreement(input);
    }),
    { numRuns: 500 },
  );
});

test("every key says what it does", () => {
  const silent = keyPaths(configJsonSchema()).filter((path) => !schemaAt(path).description);
  assert.deepEqual(silent, []);
});

test("every key that has a default states it", () => {
  for (const path of keyPaths(configJsonSchema())) {
    const settled = path.reduce<unknown>(
      (at, name) => (at as Record<string, unknown> | undefined)?.[name],
      defaultConfig(),
    );
    if (settled === undefined) continue;
    if (typeof settled === "object" && settled !== null && schemaAt(path).properties !== undefined) continue;
    assert.deepEqual(schemaAt(path).default, settled, path.join("."));
  }
});

test("the reference page has a row for every key", () => {
  const page = configReferencePage();
  for (const path of keyPaths(configJsonSchema())) {
    if (path.length === 1 && schemaAt(path).properties !== undefined) continue;
    assert.ok(page.includes(`| \`${path.join(".")}\``), `${path.join(".")} is absent`);
  }
});

test("the example file loads, agrees with the JSON Schema and states the defaults", () => {
  const example = JSON.parse(exampleConfigFile());
  assert.ok(acceptedBySchema(example));
  assert.deepEqual(parseConfig(example), defaultConfig());
  assert.deepEqual(Object.keys(configSchema.def.shape), Object.keys(example));
});

/** Rules that JSON Schema cannot state: they join keys, or what a name refers to. */
const beyondJsonSchema = /^(auth\.(provider|plugin)|policy\.profileBinding|filters\.customRules\[\d\]\.id)|isolation/;

function assertAgreement(input: unknown): void {
  const problems = checkConfig(input).problems.filter(
    ({ path, message }) => !beyondJsonSchema.test(`${path} ${message}`),
  );
  const isStricter = checkConfig(input).problems.length > problems.length;
  const bySchema = acceptedBySchema(input);
  if (isStricter && problems.length === 0) return;
  assert.equal(bySchema, problems.length === 0, `${JSON.stringify(input)}: ${JSON.stringify(problems)}`);
}

function keyPaths({ properties = {} }: JsonSchema, above: readonly string[] = []): (readonly string[])[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    [...above, name],
    ...keyPaths(schema, [...above, name]),
  ]);
}

function schemaAt(path: readonly string[]): JsonSchema {
  return path.reduce((schema, name) => schema.properties?.[name] ?? {}, configJsonSchema());
}
