import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import type { TokenVault } from "../../src/engine/vault/token-vault.ts";
import type { ServerExit } from "../../src/ports/server-process.ts";
import { initKeyFile } from "../../src/providers/crypto/key-file.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { wrapMcpServer } from "../../src/runtime/start-mcp.ts";
import { tempFolder } from "./temp-folder.ts";

/** A guard in this process, with the test on both of its ends. */
export interface McpSession {
  readonly client: McpEnd;
  readonly server: McpEnd;
  /** What the server says beside its protocol, and what of it comes out. */
  readonly serverErrors: PassThrough;
  errors(): string;
  readonly vault: TokenVault;
  /** The server ends; resolves when everything is delivered. */
  end(exit?: ServerExit): Promise<ServerExit>;
  auditText(): Promise<string>;
  auditEntries(): Promise<AuditEntry[]>;
}

export interface McpEnd {
  send(message: unknown): void;
  sendText(text: string): void;
  closeInput(): void;
  /** The next line that arrives here; rejects at the end. */
  nextText(): Promise<string>;
  next(): Promise<ReturnType<typeof JSON.parse>>;
  /** Whatever arrives until the end. */
  rest(): Promise<string[]>;
}

export interface McpSurroundings {
  /** With the keys, the vault and the audit log of other sessions. */
  readonly folder?: string;
  /** Of the policy. */
  readonly profile?: string | null;
}

export async function mcpSession(
  test: Pick<TestContext, "after">,
  overrides: ConfigInput = {},
  providers: Providers = {},
  { folder: shared, profile = null }: McpSurroundings = {},
): Promise<McpSession> {
  const folder = shared ?? (await tempFolder(test));
  const keyFile = join(folder, "keys.json");
  if (!existsSync(keyFile)) await initKeyFile(keyFile, { clock: systemClock, random: systemRandom });
  const auditPath = join(folder, "audit.jsonl");
  const config = parseConfig({
    mode: "enforce",
    ...overrides,
    keys: { keyFile },
    audit: { path: auditPath },
    tokenVault: { path: join(folder, "vault.sqlite"), ...overrides.tokenVault },
  });
  const runtime = createRuntime(config, providers);
  const [fromClient, toClient, fromServer, toServer, serverErrors] = Array.from({ length: 5 }, () => new PassThrough());
  let errors = "";
  let exitNow: (exit: ServerExit) => void = () => {};
  const exited = new Promise<ServerExit>((resolve) => {
    exitNow = resolve;
  });
  const server = { stdin: toServer!, stdout: fromServer!, stderr: serverErrors!, exited, kill: () => {} };
  const write = (text: string) => {
    errors += text;
  };
  const pipes = { input: fromClient!, output: toClient!, errors: { write } };
  const wrapped = wrapMcpServer(runtime, server, pipes, { profile });
  const end = async (exit: ServerExit = { kind: "code", code: 0 }) => {
    fromServer!.end();
    serverErrors!.end();
    exitNow(exit);
    const ended = await wrapped;
    toClient!.end();
    return ended;
  };
  test.after(async () => {
    await end();
    await runtime.close();
  });
  const auditText = () => readFile(auditPath, "utf8").catch(() => "");
  return {
    client: mcpEnd(fromClient!, toClient!),
    server: mcpEnd(fromServer!, toServer!),
    serverErrors: serverErrors!,
    vault: runtime.vault,
    errors: () => errors,
    end,
    auditText,
    auditEntries: async () => (await auditText()).match(/.+/g)?.map((line) => JSON.parse(line) as AuditEntry) ?? [],
  };
}

function mcpEnd(input: PassThrough, output: PassThrough): McpEnd {
  const lines = linesOf(output);
  const nextText = async () => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error("the other end has closed");
    return value;
  };
  return {
    send: (message) => void input.write(`${JSON.stringify(message)}\n`),
    sendText: (text) => void input.write(text),
    closeInput: () => void input.end(),
    nextText,
    next: async () => JSON.parse(await nextText()),
    async rest() {
      const all: string[] = [];
      for await (const line of { [Symbol.asyncIterator]: () => lines }) all.push(line);
      return all;
    },
  };
}

async function* linesOf(output: PassThrough): AsyncGenerator<string, void, undefined> {
  let text = "";
  for await (const chunk of output) {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop()!;
    yield* lines;
  }
  if (text !== "") yield text;
}
