import type { ClientFile } from "./client-files.ts";
import { readJsonServers } from "./json-servers.ts";
import { readTomlServers } from "./toml-servers.ts";
import type { WrittenServer } from "./written-server.ts";

/**
 * The servers that stand in a file.
 * @returns null when the file cannot be read without doubt
 */
export function readServers(
  text: string,
  { format, servers }: Pick<ClientFile, "format" | "servers">,
): readonly WrittenServer[] | null {
  return format === "json" ? readJsonServers(text, servers) : readTomlServers(text, servers);
}
