import { DEFAULT_CONFIG_PATH } from "../config/load.ts";
import type { Given, OptionSpec } from "./command.ts";
import { usageError } from "./command-error.ts";

/** Which configuration a command works under. */
export const configOption: OptionSpec = {
  name: "config",
  value: "<file>",
  description: `Configuration file; ${DEFAULT_CONFIG_PATH} when left out.`,
};

/** Which audit log a command reads. */
export const auditOption: OptionSpec = {
  name: "audit",
  value: "<file>",
  description: "Audit log to read; that of the configuration when left out.",
};

/** Options of every command that ends with a report. */
export const reportOptions: readonly OptionSpec[] = [
  { name: "json", description: "Write JSON at a terminal too." },
  { name: "no-color", description: "Do without colour, as the variable NO_COLOR does." },
];

/** The text of an option; undefined when it was left out, or its value was. */
export function textOf({ options }: Given, name: string): string | undefined {
  const value = options.get(name);
  return typeof value === "string" ? value : undefined;
}

/** The texts of a repeatable option. */
export function textsOf({ options }: Given, name: string): readonly string[] {
  const value = options.get(name);
  return Array.isArray(value) ? value : [];
}

export function isGiven({ options }: Given, name: string): boolean {
  return options.has(name);
}

/** The decimal integer of an option. */
export function integerOf(given: Given, name: string, min: number, max: number): number | undefined {
  const text = textOf(given, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw usageError(`--${name} expects an integer from ${min} to ${max}`);
}
