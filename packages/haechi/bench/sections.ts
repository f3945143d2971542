import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { compare, type Rounds } from "./gateway/compare.ts";
import { pinned } from "./gateway/launch.ts";
import { type MemoryFigures, measureMemory } from "./gateway/memory.ts";
import { openBench } from "./gateway/open-bench.ts";
import { type Build, startHaechi, startLoadMaker, startPassThrough, startStubUpstream } from "./gateway/processes.ts";
import { costTable, figuresOf, latencyTable, memoryTable, startUpTable } from "./gateway/report.ts";
import { COST_SCENARIOS, LATENCY_SCENARIOS } from "./gateway/scenarios.ts";
import { measureStartUp } from "./gateway/start-up.ts";
import { mcpTable, measureMcp, measureMcpOverHttp } from "./mcp/measure.ts";
import { progress, withBuild } from "./with-build.ts";

/** Prints its tables and returns its figures; quick takes seconds where the whole takes minutes. */
export type Section = (quick: boolean) => unknown;

/** The parts of the bench by the names that `--only` takes. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  gateway: (quick) => withBuild((build) => gateway(build, quick)),
  start: (quick) => withBuild((build) => startAndMemory(build, quick)),
  scan: () => ({ scan: otherBench("detect.ts"), tokenize: otherBench("tokenize.ts") }),
  audit: (quick) => ({
    audit: otherBench("audit.ts"),
    verify: otherBench("audit-verify.ts", quick ? ["100"] : []),
  }),
  mcp: (quick) => withBuild((build) => mcp(build, quick)),
  vault: (quick) => ({ vault: otherBench("vault.ts", quick ? ["100000"] : []) }),
};

const QUICK_ROUNDS: Rounds = { count: 3, ms: 200, warmUpMs: 300 };
const FULL_ROUNDS: Rounds = { count: 7, ms: 800, warmUpMs: 1000 };

async function gateway(build: Build, quick: boolean): Promise<unknown> {
  const rounds = quick ? QUICK_ROUNDS : FULL_ROUNDS;
  const bench = await openBench(build);
  try {
    const cost = figuresOf(await compare(bench, COST_SCENARIOS, rounds, progress));
    print("What a request costs", costTable(cost));
    const latency = figuresOf(await compare(bench, LATENCY_SCENARIOS, rounds, progress));
    print("How long an answer takes", latencyTable(latency));
    return { cost, latency };
  } finally {
    await bench.close();
  }
}

async function startAndMemory(build: Build, quick: boolean): Promise<unknown> {
  const upstream = await startStubUpstream();
  const load = await startLoadMaker();
  const servers = {
    "pass-through": await startPassThrough(upstream.url),
    haechi: await startHaechi(build, upstream.url, { inspectsAnswers: false }),
  };
  try {
    progress("start");
    const startUp = await measureStartUp(build, upstream, quick ? 5 : 15);
    print("Start", startUpTable(startUp));
    progress("memory");
    const memory = new Map<string, MemoryFigures>();
    for (const [name, server] of Object.entries(servers)) {
      memory.set(name, await measureMemory(server, upstream, load, quick ? 5_000 : 20_000));
    }
    print("Memory", memoryTable(memory));
    return { startUp, memory: Object.fromEntries(memory) };
  } finally {
    await Promise.all([upstream, load, ...Object.values(servers)].map((process) => process.stop()));
  }
}

async function mcp(build: Build, quick: boolean): Promise<unknown> {
  progress("mcp");
  const rounds = await measureMcp(build, quick);
  print("MCP over stdio", mcpTable(rounds, "bare pipe"));
  const overHttp = await measureMcpOverHttp(build, quick);
  print("MCP over HTTP", mcpTable(overHttp, "bare proxy"));
  return { mcp: rounds, mcpOverHttp: overHttp };
}

/** What a bench beside this file prints, line by line. */
function otherBench(name: string, argv: readonly string[] = []): readonly string[] {
  progress(name);
  const [command, ...args] = pinned([process.execPath, join(import.meta.dirname, name), ...argv], "measured");
  const { status, stdout, stderr } = spawnSync(command!, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  print(name, `\`\`\`\n${stdout.trimEnd()}\n\`\`\``);
  return stdout.trimEnd().split("\n");
}

function print(title: string, text: string): void {
  console.log(`\n## ${title}\n\n${text}`);
}
