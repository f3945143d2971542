import { createInterface } from "node:readline";
import { PassThrough, Writable } from "node:stream";
import type { Action } from "../core/decide/action.ts";
import { decide } from "../core/decide/decide.ts";
import { namedPolicy } from "../core/decide/policy-profiles.ts";
import { HaechiError } from "../core/errors.ts";
import type { Random } from "../ports/random.ts";
import type { ServerProcess } from "../ports/server-process.ts";
import type { Runtime } from "./create-runtime.ts";
import { wrapMcpServer } from "./start-mcp.ts";

/** A made-up value that a server must not see, or a client must not. */
export interface Canary {
  readonly type: string;
  readonly value: string;
}

/** What became of a canary on its way. */
export interface CanaryPassage {
  readonly type: string;
  readonly direction: "to-server" | "to-client";
  /** What the policy says of its type. */
  readonly action: Action;
  /**
   * `clear`: the whole value came through. `changed`: something else came. `stopped`: nothing came. `untried`: no request
   * may carry one.
   */
  readonly arrived: "clear" | "changed" | "stopped" | "untried";
}

/** New ones each time, so that nothing has seen them before. */
export function makeCanaries(random: Random): readonly Canary[] {
  const letters = (count: number, alphabet: string) =>
    Array.from(random.bytes(count), (byte) => alphabet[byte % alphabet.length]).join("");
  return [
    { type: "email", value: `canary.${letters(10, "abcdefghijkmnpqrstuvwxyz")}@example.com` },
    { type: "card", value: "4111 1111 1111 1111" },
    { type: "secret", value: `ghp_${letters(36, ALPHANUMERIC)}` },
  ];
}

export interface CanaryOptions {
  readonly profile: string | null;
  readonly timeoutMs: number;
}

/**
 * Runs a server behind Haechi, tells it canaries in requests that do nothing (`ping`), and watches what arrives. The server of
 * `echoServer` says them as well, which shows the way to the client.
 * @throws HaechiError UPSTREAM_TIMEOUT, UPSTREAM_UNREACHABLE, and what `wrapMcpServer` throws
 */
export async function sendCanaries(
  runtime: Runtime,
  server: ServerProcess,
  canaries: readonly Canary[],
  { profile, timeoutMs }: CanaryOptions,
): Promise<readonly CanaryPassage[]> {
  const toServer = tap(server.stdin);
  const input = new PassThrough();
  const output = new PassThrough();
  const client = readAnswers(output);
  const tapped: ServerProcess = { ...server, stdin: toServer.stream };
  const wrapped = wrapMcpServer(runtime, tapped, { input, output, errors: { write: () => true } }, { profile });
  const ended = wrapped.then(() => {
    throw new HaechiError("UPSTREAM_UNREACHABLE", "The server ended before it was told anything");
  });
  ended.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () => reject(new HaechiError("UPSTREAM_TIMEOUT", "The server did not answer in time"));
    timer = setTimeout(fail, timeoutMs);
  });
  let nextId = 1;
  const ask = (method: string, params: object): Promise<string> => {
    const id = nextId++;
    const answer = client.answer(id);
    input.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return Promise.race([answer, ended, late]);
  };
  try {
    const greeting = await ask("initialize", {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "haechi", version: "1" },
    });
    input.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    const policy = namedPolicy(runtime.policy.profiles, profile);
    const passages: CanaryPassage[] = [];
    for (const [index, { type, value }] of canaries.entries()) {
      const { action } = decide({ entityType: type, ruleId: "" }, policy);
      const id = nextId;
      const answer = await ask("ping", { _meta: { "haechi/canary": `see ${value} .` } });
      const line = toServer.lines().find((one) => one.includes(`"id":${id},`));
      const arrived = answer.includes(METHOD_REFUSED) ? "untried" : arrivalOf(line, value);
      passages.push({ type, direction: "to-server", action, arrived });
      if (!greeting.includes(ECHO_MARK)) continue;
      const said = await ask("ping", { _meta: { [ECHO_MARK]: index } });
      const came = said.includes(METHOD_REFUSED) ? "untried" : arrivalOf(said, value);
      passages.push({ type, direction: "to-client", action, arrived: came });
    }
    return passages;
  } finally {
    clearTimeout(timer);
    input.end();
    server.kill("SIGTERM");
    await wrapped.catch(() => undefined);
  }
}

function arrivalOf(line: string | undefined, value: string): CanaryPassage["arrived"] {
  if (line === undefined || line.includes('"error"')) return "stopped";
  return line.includes(value) ? "clear" : "changed";
}

/** What is written to a server, also seen here. */
function tap(stdin: Writable): { readonly stream: Writable; lines(): readonly string[] } {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text = (text + chunk.toString("utf8")).slice(-SEEN_LENGTH_MAX);
      stdin.write(chunk, () => done());
    },
    final(done) {
      stdin.end(() => done());
    },
  });
  stdin.on("error", () => stream.destroy());
  return { stream, lines: () => text.split("\n") };
}

function readAnswers(output: PassThrough): { answer(id: number): Promise<string> } {
  const waiting = new Map<number, (line: string) => void>();
  createInterface({ input: output }).on("line", (line) => {
    const message: { readonly id?: unknown } = JSON.parse(line);
    if (typeof message.id === "number") waiting.get(message.id)?.(line);
  });
  return { answer: (id) => new Promise((resolve) => waiting.set(id, resolve)) };
}

const ECHO_MARK = "haechi-echo";
/** As the one table of error codes has it. */
const METHOD_REFUSED = '"code":-32003';

/** The command line of a server that says canaries, as it is asked for them by number. */
export function echoServer(program: string, canaries: readonly Canary[]): readonly [string, ...string[]] {
  return [program, "-e", ECHO_PROGRAM, "--", ...canaries.map(({ value }) => value)];
}

const ECHO_PROGRAM = `
const { createInterface } = require("node:readline");
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, params } = JSON.parse(line);
  if (id === undefined) return;
  const value = process.argv[1 + params?._meta?.["${ECHO_MARK}"]];
  const text = value === undefined ? "" : "see " + value + " .";
  console.log(JSON.stringify({ jsonrpc: "2.0", id, result: { from: "${ECHO_MARK}", text } }));
});
`;

const ALPHANUMERIC = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
const SEEN_LENGTH_MAX = 1_048_576;
