import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Question } from "./messages.ts";

/** A process of the bench that answers questions. It ends with the bench. */
export interface Launched {
  /** What it said first: that it is there, and where. */
  readonly greeting: unknown;
  ask(question: Question): Promise<unknown>;
  stop(): Promise<void>;
}

/** Where a process may run: what is measured has a core of its own. */
export type Place = "measured" | "around";

/** Starts a script of this folder on the core of its place, and waits until it is there. */
export async function launch(script: string, args: readonly string[], place: Place, cwd?: string): Promise<Launched> {
  const [command, ...rest] = pinned([process.execPath, join(import.meta.dirname, script), ...args], place);
  const child = spawn(command!, rest, { cwd, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const said: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const next = () =>
    Promise.race([
      nextMessage(child),
      ended.then(() => {
        throw new Error(`${script} ended: ${said.join("").slice(-2000)}`);
      }),
    ]);
  return {
    greeting: await next(),
    ask(question) {
      // When it has ended, that is what the answer says.
      child.send(question, () => {});
      return next();
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once("message", resolve));
}

const CORES: Readonly<Record<Place, string>> = { around: "0", measured: "1" };

/** Whether each place has a core of its own. */
export const isPinned: boolean =
  availableParallelism() >= 2 && spawnSync("taskset", ["-c", CORES.measured, "true"]).status === 0;

/** A command line that runs where it should, where the machine can be told. */
export function pinned(command: readonly string[], place: Place): readonly string[] {
  return isPinned ? ["taskset", "-c", CORES[place], ...command] : command;
}
