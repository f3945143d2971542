import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { serverCommands } from "../support/mcp-command.ts";
import { cliFolder, runCliWords } from "../support/run-cli.ts";

/** Programs of one line, as servers. */
const server = (code: string) => ["--input-type=module", "-e", code];
const ready = `console.log(JSON.stringify({ jsonrpc: "2.0", method: "ready" }))`;
const echo = `process.stdin.pipe(process.stdout)`;

test("the end of the client's input is the end of the server's", async (t) => {
  const wrap = await start(t, server(`process.stdin.resume().on("end", () => process.exit(9))`));
  wrap.child.stdin.end();
  assert.equal(await wrap.exitCode, 9);
});

test("a signal goes on to the server, which ends as it likes", async (t) => {
  const ends = (["SIGTERM", "SIGINT", "SIGHUP"] as const).map(async (signal) => {
    const wrap = await start(
      t,
      server(`process.on("${signal}", () => process.exit(5)); process.stdin.resume(); ${ready}`),
    );
    await wrap.nextLine();
    wrap.child.kill(signal);
    return await wrap.exitCode;
  });
  assert.deepEqual(await Promise.all(ends), [5, 5, 5]);
});

test("a server that a signal ends makes the exit code 1, and a second signal ends one that does not listen", async (t) => {
  const plain = await start(t, server(`process.stdin.resume(); ${ready}`));
  await plain.nextLine();
  plain.child.kill("SIGTERM");
  assert.equal(await plain.exitCode, 1);

  const deaf = `process.on("SIGTERM", () => console.log(JSON.stringify({jsonrpc:"2.0",method:"heard"}))); setInterval(() => {}, 1000); ${ready}`;
  const wrap = await start(t, server(deaf));
  await wrap.nextLine();
  wrap.child.kill("SIGTERM");
  await wrap.nextLine();
  wrap.child.kill("SIGTERM");
  assert.equal(await wrap.exitCode, 1);
});

test("a server whose own child keeps its output open does not keep Haechi", async (t) => {
  const parent = `import { spawn } from "node:child_process";
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: ["ignore", "inherit", "inherit"], detached: true });
    child.unref();
    process.stdout.write(JSON.stringify({ jsonrpc: "2.0", method: "child", params: { pid: child.pid } }) + "\\n", () => process.exit(6));`;
  const wrap = await start(t, server(parent));
  const { params } = JSON.parse(await wrap.nextLine());
  t.after(() => process.kill(params.pid));
  assert.equal(await wrap.exitCode, 6);
});

test("standard error is filtered, dropped or inherited", async (t) => {
  const code = `process.stderr.write("bob@example.com\\n", () => process.exit(0))`;
  const outputs = ["filter", "drop", "inherit"].map(async (way) => {
    const wrap = await start(t, server(code), {}, "--stderr", way);
    await wrap.exitCode;
    return wrap.errors();
  });
  assert.deepEqual(await Promise.all(outputs), ["[REDACTED:email]\n", "", "bob@example.com\n"]);
});

test("a server finds its output closed when the client takes nothing any more", async (t) => {
  const wrap = await start(
    t,
    server(`process.stdout.on("error", () => process.exit(8)); setInterval(() => { ${ready} }, 1)`),
  );
  await wrap.nextLine();
  wrap.child.stdout.destroy();
  assert.equal(await wrap.exitCode, 8);
});

test("a server gets the environment, and none of what is Haechi's", async (t) => {
  const code = `console.log(JSON.stringify({jsonrpc:"2.0",method:"env",params:{names:Object.keys(process.env).filter((name) => /HAECHI|OWN_NAME/.test(name))}}))`;
  const wrap = await start(t, server(code));
  assert.deepEqual(JSON.parse(await wrap.nextLine()).params.names, ["OWN_NAME"]);
});

test("two servers share one audit log", async (t) => {
  const { wrapped, auditPath } = await serverCommands(t, server(echo));
  const run = (count: number) => {
    const child = spawn(wrapped.command, wrapped.args, { cwd: wrapped.cwd });
    child.stdout.resume();
    for (let id = 0; id < count; id++) child.stdin.write(`{"jsonrpc":"2.0","id":${id},"method":"ping"}\n`);
    child.stdin.end();
    return once(child, "close");
  };
  const codes = await Promise.all([run(40), run(50)]);
  assert.deepEqual(
    codes.map(([code]) => code),
    [0, 0],
  );
  // Each message is seen going there, and coming back.
  assert.equal((await readFile(auditPath, "utf8")).trimEnd().split("\n").length, 180);
});

test("what cannot run is told on standard error", async (t) => {
  await cliFolder(t);
  const missing = await runCliWords(["mcp-wrap", "--", "/nowhere/no-such-program"]);
  assert.equal(missing.exitCode, 1);
  assert.match(missing.stderr, /haechi: The server cannot be started \(ENOENT\)/);
  assert.equal((await runCliWords(["mcp-wrap"])).exitCode, 2);
  assert.equal((await runCliWords(["mcp-wrap", "--stderr", "x", "--", "true"])).exitCode, 2);
});

test("anchors on standard output do not mix with the protocol", async (t) => {
  const wrap = await start(t, server(echo), { audit: { anchor: { mode: "stdout" } } });
  assert.equal(await wrap.exitCode, 1);
  assert.match(wrap.errors(), /audit\.anchor\.mode/);
  assert.equal(wrap.output(), "");
});

async function start(
  t: Pick<TestContext, "after">,
  args: readonly string[],
  config: ConfigInput = {},
  ...options: string[]
) {
  const { wrapped } = await serverCommands(t, args, config, ...options);
  const env = { ...process.env, HAECHI_KEY_PASSPHRASE: "correct horse battery staple", OWN_NAME: "kept" };
  const child = spawn(wrapped.command, wrapped.args, { cwd: wrapped.cwd, env });
  t.after(() => child.kill("SIGKILL"));
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    exitCode: once(child, "close").then(([code]) => code as number | null),
    nextLine: async () => String((await lines.next()).value),
    output: () => output,
    errors: () => errors,
  };
}
