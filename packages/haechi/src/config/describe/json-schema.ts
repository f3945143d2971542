import * as z from "zod/mini";
import { defaultConfig } from "../parse.ts";
import { isRecord } from "../problem.ts";
import { configSchema } from "../schema.ts";

/** The part of JSON Schema (draft 2020-12) that the configuration needs. */
export interface JsonSchema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of the configuration file, for editors and for whoever generates one. */
export function configJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => dropWhatFilesCannotHold(jsonSchema),
  });
  return {
    $schema,
    title: "haechi.config.json",
    ...withDefaults(schema as JsonSchema, defaultConfig()),
  } as JsonSchema;
}

/** An alternative without a JSON form is for programs only, and a bound that every double has says nothing. */
function dropWhatFilesCannotHold(schema: z.core.JSONSchema.BaseSchema): void {
  const alternatives = schema.anyOf?.filter((alternative) => Object.keys(alternative).length > 0);
  if (alternatives?.length === 1) {
    delete schema.anyOf;
    Object.assign(schema, alternatives[0]);
  }
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

/** States the default of every key as it applies; that of a section is empty, because its keys have their own. */
function withDefaults(schema: JsonSchema, value: unknown): JsonSchema {
  const { properties } = schema;
  if (properties === undefined) return value === undefined ? schema : { ...schema, default: value };
  const members = isRecord(value) ? value : {};
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, withDefaults(property, members[name])]),
    ),
  };
}
