import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { serverCommands, testServer } from "../support/mcp-command.ts";

/** `npm run test:long` sends more. */
const COUNT = Number(process.env.HAECHI_MCP_MESSAGES ?? 2_000);

test("every message of a server that exits at once is delivered, in order, and its exit code passed on", async (t) => {
  const wrap = await start(t, testServer("numbered-server", String(COUNT), "100", "exit"));
  assert.deepEqual(await numbersOf(wrap), countingTo(COUNT));
  assert.equal(await exitCodeOf(wrap), 3);
});

test("every message of a server that crashes is delivered, and the exit code is 1", async (t) => {
  const wrap = await start(t, testServer("numbered-server", String(COUNT), "100", "crash"));
  assert.deepEqual(await numbersOf(wrap), countingTo(COUNT));
  assert.equal(await exitCodeOf(wrap), 1);
});

test("a server that floods its errors loses none of its messages, and none of what it lets slip gets out", async (t) => {
  const noise = `call bob@example.com ${"z".repeat(500)}`;
  const wrap = await start(t, testServer("numbered-server", String(COUNT), "10", "exit", noise));
  let errors = "";
  wrap.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  assert.deepEqual(await numbersOf(wrap), countingTo(COUNT));
  assert.equal(await exitCodeOf(wrap), 3);
  assert.ok(!errors.includes("bob@example.com"));
  assert.equal(errors.match(/call \[REDACTED:email\] z{500} \d+\n/g)?.length, COUNT);
});

test("every request that a client sends without waiting is answered, in order", async (t) => {
  const wrap = await start(t, testServer("echo-server"));
  const answered: number[] = [];
  const lines = createInterface({ input: wrap.stdout });
  lines.on("line", (line) => void answered.push(JSON.parse(line).id));
  for (let id = 0; id < COUNT; id++) {
    const line = `${JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { id } })}\n`;
    if (!wrap.stdin.write(line)) await once(wrap.stdin, "drain");
  }
  wrap.stdin.end();
  await once(lines, "close");
  assert.deepEqual(answered, countingTo(COUNT));
  assert.equal(await exitCodeOf(wrap), 0);
});

test("a client that reads slowly makes the server wait, and no memory is taken", async (t) => {
  const count = COUNT / 5;
  const wrap = await start(t, testServer("numbered-server", String(count), "200000", "stay"));
  let last = -1;
  for await (const line of createInterface({ input: wrap.stdout })) {
    await new Promise(setImmediate);
    const { data } = JSON.parse(line).params;
    assert.equal(data, last + 1);
    last = data;
    if (last === count - 1) break;
  }
  assert.ok((await peakMegabytes(wrap)) < 450);
  wrap.stdin.end();
  assert.equal(await exitCodeOf(wrap), 4);
});

test("a line that is longer than allowed is not kept, and whoever waits for it is told", async (t) => {
  const wrap = await start(t, testServer("one-long-line", "150"), { mcp: { maxMessageBytes: 1_000_000 } });
  wrap.stdin.write('{"jsonrpc":"2.0","id":77,"method":"ping"}\n');
  const [line] = (await once(createInterface({ input: wrap.stdout }), "line")) as [string];
  assert.deepEqual(JSON.parse(line), {
    jsonrpc: "2.0",
    id: 77,
    error: { code: -32000, message: "haechi_mcp_stdio_error", data: { reason: "line_too_long" } },
  });
  assert.ok((await peakMegabytes(wrap)) < 400);
  wrap.stdin.end();
  assert.equal(await exitCodeOf(wrap), 0);
});

async function start(
  t: Pick<TestContext, "after">,
  server: readonly string[],
  config: ConfigInput = {},
): Promise<ChildProcessWithoutNullStreams> {
  const { wrapped } = await serverCommands(t, server, config);
  const child = spawn(wrapped.command, wrapped.args, { cwd: wrapped.cwd });
  // What nobody reads would hold the server up.
  child.stderr.resume();
  t.after(() => child.kill("SIGKILL"));
  return child;
}

async function numbersOf({ stdout }: ChildProcessWithoutNullStreams): Promise<number[]> {
  const numbers: number[] = [];
  for await (const line of createInterface({ input: stdout })) numbers.push(JSON.parse(line).params.data);
  return numbers;
}

function countingTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

async function exitCodeOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

/** The most that a process has held at a time. */
async function peakMegabytes({ pid }: ChildProcessWithoutNullStreams): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
}
