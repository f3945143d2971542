import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ConfigInput } from "../../src/config/schema.ts";
import { pinned } from "../gateway/launch.ts";
import type { Build } from "../gateway/processes.ts";

/** The command that people run, with its state in a folder of its own. */
export interface RunningCommand {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startCommand(build: Build, config: ConfigInput): Promise<RunningCommand> {
  const folder = mkdtempSync(join(build.states, "command-"));
  const file = join(folder, "haechi.config.json");
  writeFileSync(file, JSON.stringify({ ...config, proxy: { port: 0 }, logging: { format: "json" } }));
  const words = [process.execPath, join(build.package, "dist/cli.js"), "proxy", "--config", file];
  const [command, ...args] = pinned(words, "measured");
  const child = spawn(command!, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) {
    // The log is ours: one JSON object a line.
    const { event, port } = JSON.parse(line) as { readonly event: string; readonly port: number };
    if (event !== "proxy_listening") continue;
    child.stdout.resume();
    return {
      url: `http://127.0.0.1:${port}`,
      async stop() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error(`Haechi ended before it listened: ${said.slice(-2000)}`);
}
