import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Pool } from "undici";
import { pinned } from "../gateway/launch.ts";
import { type Build, type Server, startMcpHaechi, startMcpServer, startPassThrough } from "../gateway/processes.ts";
import { showSpread, spread } from "../spread.ts";
import { table } from "../table.ts";

/** How long a call and its answer take, in milliseconds, and how many calls a second go through at once. */
export interface McpFigures {
  readonly p50: number;
  readonly p99: number;
  readonly callsPerSecond: number;
}

/** By target, one entry for each round. */
export type McpRounds = Readonly<Record<string, readonly McpFigures[]>>;

const SERVER = [process.execPath, join(import.meta.dirname, "echo-server.ts")];
const WARM_UP = 2_000;

/** A call of a tool and its answer, some 1 KB each, straight to a server, through a bare pipe and through Haechi. */
export async function measureMcp(build: Build, quick: boolean): Promise<McpRounds> {
  const targets = {
    direct: startPeer(SERVER),
    "bare pipe": startPeer([process.execPath, join(import.meta.dirname, "bare-pipe.ts"), ...SERVER]),
    haechi: startPeer(haechiCommand(build)),
  };
  return await measurePeers(targets, quick);
}

/** The same over HTTP, with a proxy that looks at nothing in place of the pipe. */
export async function measureMcpOverHttp(build: Build, quick: boolean): Promise<McpRounds> {
  const server = await startMcpServer();
  const between = [await startPassThrough(server.url), await startMcpHaechi(build, server.url)] as const;
  const targets = {
    direct: httpPeer(server),
    "bare proxy": httpPeer(between[0]),
    haechi: httpPeer(between[1]),
  };
  return await measurePeers(targets, quick);
}

/** Who answers calls. */
interface Peer {
  call(): Promise<void>;
  callTogether(count: number): Promise<unknown>;
  stop(): Promise<unknown>;
}

async function measurePeers(targets: Readonly<Record<string, Peer>>, quick: boolean): Promise<McpRounds> {
  const rounds: Record<string, McpFigures[]> = {};
  try {
    for (const peer of Object.values(targets)) await peer.callTogether(WARM_UP);
    for (let round = 0; round < (quick ? 5 : 15); round++) {
      for (const [name, peer] of Object.entries(targets)) {
        const times: number[] = [];
        for (let count = 0; count < 200; count++) {
          const start = performance.now();
          await peer.call();
          times.push(performance.now() - start);
        }
        times.sort((a, b) => a - b);
        const start = performance.now();
        await peer.callTogether(1_000);
        const callsPerSecond = 1_000_000 / (performance.now() - start);
        rounds[name] = [...(rounds[name] ?? []), { p50: times[100]!, p99: times[198]!, callsPerSecond }];
      }
    }
    return rounds;
  } finally {
    await Promise.all(Object.values(targets).map((peer) => peer.stop()));
  }
}

/** What each target takes, and what Haechi adds to a message beside what looks at nothing: a call and its answer are two. */
export function mcpTable(rounds: McpRounds, bare: "bare pipe" | "bare proxy"): string {
  const added = rounds.haechi!.map(({ p50 }, round) => (p50 - rounds[bare]![round]!.p50) / 2);
  const rows = Object.entries(rounds).map(([name, figures]) => [
    name,
    showSpread(spread(figures.map(({ p50 }) => p50)), 2),
    spread(figures.map(({ p99 }) => p99)).median.toFixed(2),
    spread(figures.map(({ callsPerSecond }) => callsPerSecond)).median.toFixed(0),
    name === "haechi" ? showSpread(spread(added), 2) : "",
  ]);
  return table(1, ["target", "p50 ms", "p99 ms", "calls/s at once", "added ms a message"], rows);
}

function haechiCommand({ package: folder, states }: Build): readonly string[] {
  const config = join(mkdtempSync(join(states, "mcp-")), "haechi.config.json");
  const state = (name: string) => join(config, "..", name);
  writeFileSync(
    config,
    JSON.stringify({
      configVersion: 1,
      mode: "enforce",
      keys: { keyFile: state("keys.json") },
      audit: { path: state("audit.jsonl") },
      tokenVault: { path: state("vault.sqlite") },
    }),
  );
  return [process.execPath, join(folder, "dist/cli.js"), "mcp-wrap", "--config", config, "--", ...SERVER];
}

function startPeer(commandLine: readonly string[]): Peer {
  const [command, ...args] = pinned(commandLine, "measured");
  const child = spawn(command!, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting: (() => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.includes('"result"')) throw new Error("a call was not answered");
    waiting.shift()?.();
  });
  let id = 0;
  const call = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      child.stdin.write(callOf(++id));
    });
  return {
    call,
    callTogether: (count: number) => Promise.all(Array.from({ length: count }, call)),
    stop: () =>
      new Promise((resolve) => {
        child.once("close", resolve);
        child.stdin.end();
      }),
  };
}

function httpPeer({ url, stop }: Server): Peer {
  const pool = new Pool(url, { connections: 32 });
  let id = 0;
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const call = async () => {
    const { statusCode, body } = await pool.request({ method: "POST", path: "/mcp", headers, body: callOf(++id) });
    const answer = await body.text();
    if (statusCode !== 200 || !answer.includes('"result"')) throw new Error("a call was not answered");
  };
  return {
    call,
    callTogether: (count) => Promise.all(Array.from({ length: count }, call)),
    async stop() {
      await pool.close();
      await stop();
    },
  };
}

const PROSE = "The committee met on the second floor and spoke of nothing but the weather. ".repeat(12);

function callOf(id: number): string {
  const params = { name: "write", arguments: { path: "notes/today.md", text: PROSE } };
  return `${JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params })}\n`;
}
