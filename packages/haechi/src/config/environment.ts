import { isRecord, type RawConfig } from "./problem.ts";

/**
 * The only variables that are read, and the key that each one sets. There is none
 * for keys, stores, TLS or any secret, and none for `proxy.trustForwardedProto`:
 * whoever can set an environment must not be able to weaken or impersonate.
 */
export const ENVIRONMENT_KEYS = [
  { variable: "HAECHI_PROXY_PORT", path: ["proxy", "port"], read: readInteger },
  { variable: "HAECHI_PROXY_HOST", path: ["proxy", "host"], read: readText },
  { variable: "HAECHI_UPSTREAM", path: ["target", "upstream"], read: readText },
  { variable: "HAECHI_MODE", path: ["mode"], read: readText },
  { variable: "HAECHI_LOG_FORMAT", path: ["logging", "format"], read: readText },
] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Overlay {
  readonly raw: RawConfig;
  /** Key path to the variable that set it. */
  readonly variables: ReadonlyMap<string, string>;
}

/** A copy of the configuration in which set variables replace the values of their keys. */
export function overlayEnvironment(raw: RawConfig, environment: Environment): Overlay {
  const variables = new Map<string, string>();
  let overlaid = raw;
  for (const { variable, path, read } of ENVIRONMENT_KEYS) {
    const value = environment[variable];
    if (value === undefined) continue;
    variables.set(path.join("."), variable);
    overlaid = withValue(overlaid, path, read(value));
  }
  return { raw: overlaid, variables };
}

function readText(value: string): unknown {
  return value;
}

/** Leaves what is no plain decimal integer as text, which the schema then refuses. */
function readInteger(value: string): unknown {
  return /^\d{1,15}$/.test(value) ? Number(value) : value;
}

function withValue(raw: RawConfig, [name, ...rest]: readonly string[], value: unknown): RawConfig {
  if (name === undefined) return raw;
  if (rest.length === 0) return { ...raw, [name]: value };
  const inner = raw[name] ?? {};
  // A section that is no object stays as it is for the schema to refuse.
  return isRecord(inner) ? { ...raw, [name]: withValue(inner, rest, value) } : raw;
}
