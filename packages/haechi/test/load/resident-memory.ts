import { readFileSync } from "node:fs";

/** What of a process is in memory; not a number where the system does not say it in Linux's way. */
export function residentMegabytes(pid: number): number {
  if (process.platform !== "linux") return Number.NaN;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
