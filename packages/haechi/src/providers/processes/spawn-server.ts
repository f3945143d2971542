import { spawn } from "node:child_process";
import { once } from "node:events";
import { HaechiError } from "../../core/errors.ts";
import type { ServerExit, ServerProcess } from "../../ports/server-process.ts";

export interface SpawnOptions {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What becomes of what it says beside its protocol: handed on as it is, dropped, or read by us. */
  readonly stderr: "inherit" | "drop" | "read";
}

/**
 * Starts a program, without a shell: what stands on the command line is what runs.
 * @throws HaechiError UPSTREAM_UNREACHABLE when it cannot be started
 */
export async function spawnServer({
  command,
  arguments: args,
  environment,
  stderr,
}: SpawnOptions): Promise<ServerProcess> {
  const child = spawn(command, [...args], {
    env: withoutOwnVariables(environment),
    stdio: ["pipe", "pipe", STDERR[stderr]],
    windowsHide: true,
  });
  const exited = new Promise<ServerExit>((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(signal === null ? { kind: "code", code: code ?? 1 } : { kind: "signal", signal });
    });
  });
  try {
    await once(child, "spawn");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new HaechiError("UPSTREAM_UNREACHABLE", `The server cannot be started (${code})`, { cause });
  }
  return {
    stdin: child.stdin!,
    stdout: child.stdout!,
    stderr: child.stderr,
    exited,
    kill: (signal) => void child.kill(signal),
  };
}

const STDERR = { inherit: "inherit", drop: "ignore", read: "pipe" } as const;

/** The pass phrase of the keys is among ours, and for nobody else. */
function withoutOwnVariables(environment: SpawnOptions["environment"]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^haechi_/i.test(name)));
}
