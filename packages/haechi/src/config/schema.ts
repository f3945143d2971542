import * as z from "zod/mini";
import { MODES } from "../core/decide/mode.ts";
import { key, keysOf } from "./key.ts";
import { audit } from "./sections/audit.ts";
import { auth } from "./sections/auth.ts";
import { filters } from "./sections/filters.ts";
import { keys } from "./sections/keys.ts";
import { limits } from "./sections/limits.ts";
import { logging } from "./sections/logging.ts";
import { mcp } from "./sections/mcp.ts";
import { metrics } from "./sections/metrics.ts";
import { plugins } from "./sections/plugins.ts";
import { policy } from "./sections/policy.ts";
import { privacy } from "./sections/privacy.ts";
import { proxy } from "./sections/proxy.ts";
import { responseProtection } from "./sections/response-protection.ts";
import { streaming } from "./sections/streaming.ts";
import { target } from "./sections/target.ts";
import { telemetry } from "./sections/telemetry.ts";
import { tokenVault } from "./sections/token-vault.ts";
import { CURRENT_CONFIG_VERSION } from "./upgrade.ts";
import { integer, oneOf } from "./value-kinds.ts";

/** Every configuration key. Types, defaults, checks, the JSON Schema and the reference page come from here. */
export const configSchema = keysOf({
  $schema: key("Where an editor finds the JSON Schema of this file; the gateway ignores it.", z.string()),
  configVersion: key(
    "Version of the schema that the file is written for.",
    integer(1, CURRENT_CONFIG_VERSION),
    CURRENT_CONFIG_VERSION,
  ),
  mode: key(
    "`enforce` changes and blocks; `dry-run` and `report-only` detect and record only. `policy.mode` overrides it.",
    oneOf(MODES),
    "dry-run",
  ),
  target,
  proxy,
  responseProtection,
  streaming,
  limits,
  policy,
  filters,
  keys,
  audit,
  tokenVault,
  privacy,
  logging,
  metrics,
  telemetry,
  auth,
  plugins,
  mcp,
});

/** A complete, checked configuration; frozen as a whole. */
export type Config = DeepReadonly<Omit<z.output<typeof configSchema>, "$schema">>;

/** A configuration as an operator writes it: every key may be left out. */
export type ConfigInput = z.input<typeof configSchema>;

type DeepReadonly<T> = T extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : T extends Opaque
    ? T
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

type Opaque = string | number | boolean | null | undefined | { reveal(): string };
