import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type Launched, launch } from "./launch.ts";
import type { Arrivals, Listening, LoadJob, LoadResult, UpstreamScript, Usage } from "./messages.ts";

/** A process that serves chat completions. */
export interface Server extends Listening {
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

export interface StubUpstream extends Server {
  follow(script: Omit<UpstreamScript, "kind">): Promise<void>;
  arrivals(): Promise<Arrivals>;
}

export interface LoadMaker {
  run(job: Omit<LoadJob, "kind">): Promise<LoadResult>;
  stop(): Promise<void>;
}

// What a process answers is decided by the question alone; see messages.ts. So each
// `as` below names the answer that belongs to the question beside it.

export async function startStubUpstream(): Promise<StubUpstream> {
  const process = await launch("stub-upstream.ts", [], "around");
  return {
    ...serverOf(process),
    follow: async (script) => void (await process.ask({ kind: "script", ...script })),
    arrivals: async () => (await process.ask({ kind: "arrivals" })) as Arrivals,
  };
}

export async function startLoadMaker(): Promise<LoadMaker> {
  const process = await launch("load.ts", [], "around");
  return {
    run: async (job) => (await process.ask({ kind: "load", ...job })) as LoadResult,
    stop: () => process.stop(),
  };
}

export async function startPassThrough(upstreamUrl: string): Promise<Server> {
  return serverOf(await launch("pass-through.ts", [upstreamUrl], "measured"));
}

/** Which Haechi is measured, and where it may put its state. */
export interface Build {
  /** Folder of the built package. */
  readonly package: string;
  /** A folder of the bench, for the states of the gateways. */
  readonly states: string;
}

export async function startHaechi(
  build: Build,
  upstreamUrl: string,
  { inspectsAnswers }: { readonly inspectsAnswers: boolean },
): Promise<Server> {
  return await startGateway(build, upstreamUrl, inspectsAnswers ? "inspects-answers" : "forwards-answers");
}

/** Haechi before a server of MCP. */
export async function startMcpHaechi(build: Build, upstreamUrl: string): Promise<Server> {
  return await startGateway(build, upstreamUrl, "mcp");
}

/** A server of MCP that says again what it is told. */
export async function startMcpServer(): Promise<Server> {
  return serverOf(await launch("../mcp/echo-http-server.ts", [], "around"));
}

async function startGateway({ package: folder, states }: Build, upstreamUrl: string, answers: string): Promise<Server> {
  const state = mkdtempSync(join(states, "gateway-"));
  return serverOf(await launch("haechi.ts", [join(folder, "dist"), upstreamUrl, answers], "measured", state));
}

function serverOf(process: Launched): Server {
  return {
    url: (process.greeting as Listening).url,
    usage: async () => (await process.ask({ kind: "usage" })) as Usage,
    stop: () => process.stop(),
  };
}
