import { homedir } from "node:os";
import { join } from "node:path";

/** A file in which a client of MCP keeps its servers. */
export interface ClientFile {
  readonly client: ClientName;
  readonly path: string;
  readonly format: "json" | "toml";
  /** Where servers stand, by name; `*` is any member. */
  readonly servers: readonly (readonly string[])[];
}

export const CLIENT_NAMES = ["claude-code", "claude-desktop", "cursor", "vscode", "codex"] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

/** Where a program runs, as far as its files depend on it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly folder: string;
}

/** The files of a client for a project in a folder and for a person, whether they are there or not. */
export function clientFiles(client: ClientName, surroundings: Surroundings): readonly ClientFile[] {
  const { servers, format, paths } = CLIENTS[client];
  return paths(surroundings, homeOf(surroundings)).map((path) => ({ client, path, format, servers }));
}

/** A file that somebody names, as that of a client. */
export function namedClientFile(client: ClientName, path: string): ClientFile {
  const { servers, format } = CLIENTS[client];
  return { client, path, format, servers };
}

interface Client extends Pick<ClientFile, "format" | "servers"> {
  paths(surroundings: Surroundings, home: string): readonly string[];
}

/** Where the documentation of each client says that its servers are. */
const CLIENTS: Readonly<Record<ClientName, Client>> = {
  "claude-code": {
    format: "json",
    servers: [["mcpServers"], ["projects", "*", "mcpServers"]],
    paths: ({ folder, environment }, home) => [
      join(folder, ".mcp.json"),
      join(environment.CLAUDE_CONFIG_DIR ?? home, ".claude.json"),
    ],
  },
  "claude-desktop": {
    format: "json",
    servers: [["mcpServers"]],
    paths: (surroundings, home) => [
      join(applicationFolder(surroundings, home), "Claude", "claude_desktop_config.json"),
    ],
  },
  cursor: {
    format: "json",
    servers: [["mcpServers"]],
    paths: ({ folder }, home) => [join(folder, ".cursor", "mcp.json"), join(home, ".cursor", "mcp.json")],
  },
  vscode: {
    format: "json",
    servers: [["servers"]],
    paths: (surroundings, home) => [
      join(surroundings.folder, ".vscode", "mcp.json"),
      join(applicationFolder(surroundings, home), "Code", "User", "mcp.json"),
    ],
  },
  codex: {
    format: "toml",
    servers: [["mcp_servers"]],
    paths: ({ folder, environment }, home) => [
      join(folder, ".codex", "config.toml"),
      join(environment.CODEX_HOME ?? join(home, ".codex"), "config.toml"),
    ],
  },
};

function applicationFolder({ platform, environment }: Surroundings, home: string): string {
  if (platform === "darwin") return join(home, "Library", "Application Support");
  if (platform === "win32") return environment.APPDATA ?? join(home, "AppData", "Roaming");
  return environment.XDG_CONFIG_HOME ?? join(home, ".config");
}

function homeOf({ environment, platform }: Surroundings): string {
  return (platform === "win32" ? environment.USERPROFILE : environment.HOME) ?? homedir();
}
