import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { isPinned } from "./gateway/launch.ts";

/** What figures depend on besides the code, and which code it was. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
  readonly commit: string;
  /** What is measured has a core of its own. */
  readonly pinned: boolean;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    commit: commit(),
    pinned: isPinned,
  };
}

/** Short, and marked when the folder holds changes that are not committed. */
function commit(): string {
  try {
    const git = ["describe", "--always", "--dirty", "--exclude=*"];
    return execFileSync("git", git, { cwd: import.meta.dirname, encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "unknown";
  }
}
