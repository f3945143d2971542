import { existsSync, statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import type { Config } from "../config/schema.ts";
import { enforces } from "../core/decide/mode.ts";
import { verifyAuditFile } from "../providers/storage/audit-reader.ts";
import type { Runtime } from "../runtime/create-runtime.ts";
import type { CanaryPassage } from "../runtime/mcp-canary.ts";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "warning" | "failed";
  readonly detail: string;
}

/** What a configuration and its files say of how far servers are protected. */
export async function checkRuntime({ config, policy, vault }: Runtime): Promise<readonly Check[]> {
  const mode: Check = enforces(policy.requestMode)
    ? { name: "mode", state: "ok", detail: policy.requestMode }
    : { name: "mode", state: "failed", detail: `${policy.requestMode} changes and blocks nothing` };
  return [
    mode,
    ...switches(config),
    ...paths(config),
    ...permissions(config),
    await checkVault(vault),
    await checkAudit(config),
  ];
}

function switches({ mcp }: Config): readonly Check[] {
  return (["protectParams", "protectResults"] as const).map((name) =>
    mcp[name]
      ? { name: `mcp.${name}`, state: "ok", detail: "on" }
      : { name: `mcp.${name}`, state: "failed", detail: "off: what goes this way is not protected" },
  );
}

/** A client starts its servers in a folder of its own choosing. */
function paths(config: Config): readonly Check[] {
  const relative = Object.entries(filesOf(config)).filter(([, path]) => !isAbsolute(path));
  if (relative.length === 0) return [{ name: "paths", state: "ok", detail: "absolute" }];
  const names = relative.map(([name]) => name).join(", ");
  return [
    {
      name: "paths",
      state: "warning",
      detail: `${names}: not absolute, so it depends on where the client starts servers`,
    },
  ];
}

function permissions(config: Config): readonly Check[] {
  if (process.platform === "win32") return [];
  const files = { ...filesOf(config), "folder of the keys": dirname(config.keys.keyFile) };
  return Object.entries(files).flatMap(([name, path]): readonly Check[] => {
    if (!existsSync(path)) return [];
    const mode = statSync(path).mode & 0o777;
    const forbidden = name === "folder of the keys" ? 0o022 : 0o077;
    const detail = mode.toString(8).padStart(4, "0");
    return [{ name: `permissions: ${name}`, state: (mode & forbidden) === 0 ? "ok" : "failed", detail }];
  });
}

function filesOf({ keys, audit, tokenVault }: Config): Readonly<Record<string, string>> {
  const keyFile: Readonly<Record<string, string>> = keys.provider === "local" ? { "keys.keyFile": keys.keyFile } : {};
  return { ...keyFile, "audit.path": audit.path, "tokenVault.path": tokenVault.path };
}

async function checkVault(vault: Runtime["vault"]): Promise<Check> {
  try {
    await vault.ready();
    return { name: "vault", state: "ok", detail: "opens" };
  } catch {
    return { name: "vault", state: "failed", detail: "cannot be opened" };
  }
}

async function checkAudit({ audit }: Config): Promise<Check> {
  if (!existsSync(audit.path)) return { name: "audit log", state: "ok", detail: "begins with the first message" };
  const result = await verifyAuditFile(audit.path, {});
  return result.valid
    ? { name: "audit log", state: "ok", detail: `holds, ${result.records} entries` }
    : { name: "audit log", state: "failed", detail: `does not hold: ${result.reason}` };
}

/** A canary that the policy lets through proves nothing, and one that it does not must not arrive. */
export function passageChecks(server: string, passages: readonly CanaryPassage[]): readonly Check[] {
  return passages.map(({ type, direction, action, arrived }) => {
    const name = `${server}: ${type} ${direction === "to-server" ? "to the server" : "to the client"}`;
    if (arrived === "untried")
      return { name, state: "failed", detail: "not tried: mcp.allowedMethods is without ping" };
    if (arrived !== "clear") return { name, state: "ok", detail: arrived === "changed" ? "replaced" : "stopped" };
    return action === "allow"
      ? { name, state: "warning", detail: "came through, as the policy allows it" }
      : { name, state: "failed", detail: `came through although the policy says ${action}` };
  });
}
