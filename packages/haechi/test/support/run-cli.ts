import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { TestContext } from "node:test";
import { runCli } from "../../src/cli/run-cli.ts";
import { tempFolder } from "./temp-folder.ts";

/** What a command line has done. */
export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSurroundings {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A person at a terminal. */
  readonly isTerminal?: boolean;
}

/** A folder of the test's own as the working directory, and the program run in it, within this process. */
export interface CliFolder {
  readonly path: string;
  run(line: string, surroundings?: CliSurroundings): Promise<CliRun>;
}

export async function cliFolder(test: Pick<TestContext, "after">): Promise<CliFolder> {
  const path = await tempFolder(test);
  const before = process.cwd();
  process.chdir(path);
  test.after(() => process.chdir(before));
  return { path, run: runLine };
}

function runLine(line: string, surroundings?: CliSurroundings): Promise<CliRun> {
  return runCliWords(
    line.split(" ").filter((word) => word !== ""),
    surroundings,
  );
}

/** Runs the program within this process, in its working directory. */
export async function runCliWords(
  argv: readonly string[],
  { stdin = "", environment = {}, isTerminal = false }: CliSurroundings = {},
): Promise<CliRun> {
  let stdout = "";
  let stderr = "";
  const exitCode = await runCli(argv, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text) => (stdout += text), isTTY: isTerminal },
    stderr: { write: (text) => (stderr += text), isTTY: isTerminal },
    environment,
  });
  return { exitCode, stdout, stderr };
}

/** The program as a process of its own. */
export interface CliProcess {
  readonly child: ChildProcess;
  /** Resolves with the text that is there once stdout holds what `pattern` matches. */
  outputMatching(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<CliRun & { readonly signal: NodeJS.Signals | null }>;
}

/** The sources, or what was built of them. */
const PROGRAM = process.env.HAECHI_PROGRAM ?? join(import.meta.dirname, "../../src/cli/main.ts");

export function startCli(
  test: Pick<TestContext, "after">,
  cwd: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
): CliProcess {
  const words = [...under, process.execPath, PROGRAM, ...argv];
  const child = spawn(words[0]!, words.slice(1), {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  test.after(() => child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<CliRun & { signal: NodeJS.Signals | null }>((resolve) => {
    child.once("close", (code, signal) => resolve({ exitCode: code ?? -1, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    outputMatching: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (match !== null) resolve(match);
        };
        child.stdout.on("data", look);
        child.once("close", () => reject(new Error(`ended before its output matched; stderr: ${stderr}`)));
        look();
      }),
  };
}
