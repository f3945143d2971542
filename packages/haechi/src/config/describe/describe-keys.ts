import { ENVIRONMENT_KEYS } from "../environment.ts";
import { needsRestart } from "../needs-restart.ts";
import { configJsonSchema, type JsonSchema } from "./json-schema.ts";

/** One key as it is described to people. */
export interface KeyDescription {
  /** `proxy.port`, `filters.customRules[].id`, `policy.profiles.<name>.presets` */
  readonly path: string;
  readonly type: string;
  /** The default, `unset` or `required`; empty for a section, whose keys have their own. */
  readonly fallback: string;
  /** The environment variable that overrides it. */
  readonly variable: string | null;
  readonly text: string;
  /** A gateway that runs does not take up another value. */
  readonly isHeld: boolean;
}

/** Keys that belong together. */
export interface SectionDescription {
  /** Null for the keys outside every section. */
  readonly name: string | null;
  readonly text: string | null;
  readonly keys: readonly KeyDescription[];
}

/** Every configuration key, in the order of the schema. Code stands between backquotes. */
export function describeKeys(): readonly SectionDescription[] {
  const { properties = {} } = configJsonSchema();
  const entries = Object.entries(properties);
  const general = entries.filter(([, { properties }]) => properties === undefined);
  const sections = entries.filter(([, { properties }]) => properties !== undefined);
  return [
    { name: null, text: null, keys: general.flatMap(([name, schema]) => keysAt(name, schema, false)) },
    ...sections.map(([name, schema]) => ({ name, text: schema.description ?? null, keys: memberKeys(name, schema) })),
  ];
}

function memberKeys(path: string, { properties = {}, required = [] }: JsonSchema): readonly KeyDescription[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    keysAt(`${path}.${name}`, schema, required.includes(name)),
  );
}

/** A key, and after it the keys that stand inside it. */
function keysAt(path: string, schema: JsonSchema, isRequired: boolean): readonly KeyDescription[] {
  const isSection = schema.properties !== undefined && schema.default !== undefined;
  const key = {
    path,
    type: typeText(schema),
    fallback: isRequired ? "required" : isSection ? "" : defaultText(schema.default),
    variable: variableOf(path),
    text: schema.description ?? "",
    isHeld: needsRestart(path),
  };
  return [key, ...innerKeys(path, schema)];
}

function innerKeys(path: string, schema: JsonSchema): readonly KeyDescription[] {
  return [
    ...memberKeys(path, schema),
    ...(schema.anyOf ?? []).flatMap((alternative) => innerKeys(path, alternative)),
    ...(schema.items === undefined ? [] : innerKeys(`${path}[]`, schema.items)),
    ...(schema.additionalProperties ? innerKeys(`${path}.<name>`, schema.additionalProperties) : []),
  ];
}

function typeText(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(" or ");
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.const !== undefined) return `\`${schema.const}\``;
  switch (schema.type) {
    case "integer":
    case "number":
      return `${schema.type}${rangeText(schema)}`;
    case "boolean":
      return "`true`, `false`";
    case "array":
      return `list of ${schema.items === undefined ? "anything" : typeText(schema.items)}`;
    case "object":
      return schema.additionalProperties ? `object: name to ${typeText(schema.additionalProperties)}` : "object";
    default:
      return schema.type ?? "anything";
  }
}

function rangeText({ minimum, maximum }: JsonSchema): string {
  if (minimum === undefined) return "";
  if (minimum === maximum) return ` ${minimum}`;
  return maximum === undefined ? ` ≥ ${minimum}` : ` ${minimum} to ${maximum}`;
}

function defaultText(value: unknown): string {
  return value === undefined ? "unset" : `\`${JSON.stringify(value)}\``;
}

function variableOf(path: string): string | null {
  return ENVIRONMENT_KEYS.find((entry) => entry.path.join(".") === path)?.variable ?? null;
}
