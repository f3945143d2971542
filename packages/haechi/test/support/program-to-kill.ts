import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A program of test/faults as a process of its own, to be killed. */
export interface ProgramToKill {
  /** What it has said so far, line by line. */
  lines(): string[];
  /** Resolves when it has said `count` more lines. */
  linesAfter(count: number): Promise<void>;
  kill(): Promise<void>;
  /** Closes its input, for one that ends then; resolves when it has. */
  end(): Promise<void>;
}

export interface ProgramToStart {
  readonly script: string;
  /** The words of a command that runs it. */
  readonly under: readonly string[];
}

export function startProgram(
  test: Pick<TestContext, "after">,
  program: string | ProgramToStart,
  ...argv: readonly string[]
): ProgramToKill {
  const { script, under } = typeof program === "string" ? { script: program, under: [] } : program;
  const words = [...under, process.execPath, join(import.meta.dirname, "../faults", script), ...argv];
  const child: ChildProcess = spawn(words[0]!, words.slice(1), { stdio: ["pipe", "pipe", "inherit"] });
  test.after(() => child.kill("SIGKILL"));
  const closed = once(child, "close");
  let output = "";
  const onOutput = new Set<() => void>();
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    for (const look of onOutput) look();
  });
  // What stands behind the last newline was not printed as a whole.
  const lines = () => output.split("\n").slice(0, -1);
  return {
    lines,
    linesAfter(count) {
      const wanted = lines().length + count;
      return new Promise((resolve, reject) => {
        const look = () => {
          if (lines().length < wanted) return;
          onOutput.delete(look);
          resolve();
        };
        onOutput.add(look);
        closed.then(() => reject(new Error("it ended by itself")), reject);
        look();
      });
    },
    async kill() {
      child.kill("SIGKILL");
      await closed;
    },
    async end() {
      child.stdin!.end();
      await closed;
    },
  };
}
