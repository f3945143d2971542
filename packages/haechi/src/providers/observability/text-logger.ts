import type { LogFields, Logger } from "../../ports/logger.ts";
import type { LogOutput } from "./json-logger.ts";

/** A log for people: information on the first output, warnings and errors on the second. */
export function createTextLogger({ out, err }: { readonly out: LogOutput; readonly err: LogOutput }): Logger {
  return {
    info: (event, fields) => write(out, "", event, fields),
    warn: (event, fields) => write(err, "warning: ", event, fields),
    error: (event, fields) => write(err, "error: ", event, fields),
  };
}

function write(output: LogOutput, prefix: string, event: string, fields: LogFields = {}): void {
  const lines = STORIES.get(event)?.(fields) ?? [[event, ...pairs(fields)].join(" ")];
  for (const line of lines) output.write(`${prefix}${line}\n`);
}

type Story = (fields: LogFields) => readonly string[];

/** Events that are told in words; any other is its name and its fields. */
const STORIES: ReadonlyMap<string, Story> = new Map<string, Story>([
  [
    "proxy_listening",
    ({ scheme, host, port, upstream, mode }) => [
      `Haechi is listening on ${scheme}://${hostInUrl(host)}:${port}`,
      `upstream: ${upstream}`,
      `mode: ${mode}`,
    ],
  ],
  ["proxy_shutdown", ({ signal }) => [`Haechi is shutting down (${signal})`]],
  ["config_defaults_used", ({ path }) => [`there is no ${path} here, so the defaults apply`]],
  ["config_reloaded", ({ keys }) => [`the configuration has changed: ${keys}`]],
  ["config_unchanged", () => ["the configuration was read again and is the same"]],
  [
    "config_reload_refused",
    ({ why }) => [`the configuration was not taken up, the one before stays in effect: ${why}`],
  ],
  ["config_warning", ({ key, message }) => [`${key}: ${message}`]],
  ["key_file_created", ({ path }) => [`made a new key file: ${path}`]],
  [
    "audit_unwritable",
    ({ path, reason }) => [
      `audit.path: nothing can be recorded in ${path}, so every request is refused until it can (${reason})`,
    ],
  ],
  ["remote_bind_enabled", () => ["the gateway listens beyond this machine"]],
  ["non_enforce_mode", ({ mode }) => [`mode is ${mode}: findings are recorded and nothing is changed or blocked`]],
  ["response_protection_disabled", () => ["responses are forwarded without inspection"]],
]);

// RFC 3986 §3.2.2: an IPv6 address stands in brackets in a URL.
function hostInUrl(host: LogFields[string]): string {
  const name = String(host);
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}

function pairs(fields: LogFields): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === "string" ? quoted(value) : value}`);
}

/** One line stays one line, whatever a value holds. */
function quoted(value: string): string {
  return /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}
