import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Spread, spread } from "../spread.ts";
import { requestBody } from "./bodies.ts";
import { pinned } from "./launch.ts";
import type { Build, StubUpstream } from "./processes.ts";

/** Milliseconds from the start of a process: until Node that has nothing to do has ended, and until Haechi has served. */
export interface StartUpFigures {
  readonly bareNodeMs: Spread;
  readonly firstAnswerMs: Spread;
  /** What Haechi takes beyond bare Node, in each round. */
  readonly beyondNodeMs: Spread;
}

export async function measureStartUp(build: Build, upstream: StubUpstream, rounds: number): Promise<StartUpFigures> {
  await upstream.follow({ delayMs: 0, pieces: 1, intervalMs: null, watched: [] });
  const folder = mkdtempSync(join(build.states, "start-up-"));
  const config = {
    mode: "enforce",
    target: { upstream: upstream.url },
    proxy: { port: 0 },
    logging: { format: "json" },
  };
  writeFileSync(join(folder, "haechi.config.json"), JSON.stringify(config));
  const command = join(build.package, "dist/cli.js");
  // The first start makes the key file.
  await untilFirstAnswer(command, folder);
  const bare: number[] = [];
  const served: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await untilBareNodeEnds());
    served.push(await untilFirstAnswer(command, folder));
  }
  return {
    bareNodeMs: spread(bare),
    firstAnswerMs: spread(served),
    beyondNodeMs: spread(served.map((ms, round) => ms - bare[round]!)),
  };
}

async function untilBareNodeEnds(): Promise<number> {
  const start = performance.now();
  await once(startNode(["-e", "0"]), "exit");
  return performance.now() - start;
}

async function untilFirstAnswer(command: string, folder: string): Promise<number> {
  const start = performance.now();
  const child = startNode([command, "proxy", "--config", join(folder, "haechi.config.json")], folder);
  const ended = once(child, "exit");
  try {
    const status = await statusOfChat(await listeningPort(child));
    if (status !== 200) throw new Error(`the first answer had status ${status}`);
    return performance.now() - start;
  } finally {
    child.kill();
    await ended;
  }
}

function startNode(args: readonly string[], cwd?: string): ChildProcess {
  const [command, ...rest] = pinned([process.execPath, ...args], "measured");
  return spawn(command!, rest, { cwd, stdio: ["ignore", "pipe", "ignore"] });
}

async function listeningPort({ stdout }: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: stdout! })) {
    // The log is ours: one JSON object a line.
    const { event, port } = JSON.parse(line) as { readonly event: string; readonly port: number };
    if (event === "proxy_listening") return port;
  }
  throw new Error("Haechi ended before it listened");
}

function statusOfChat(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/v1/chat/completions", method: "POST", agent: false };
    const headers = { "content-type": "application/json" };
    const body = requestBody({ bytes: 1024, kind: "chat", streamed: false, planted: false }, 7);
    request({ ...options, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    })
      .on("error", reject)
      .end(body);
  });
}
