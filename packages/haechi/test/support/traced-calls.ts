import { execFileSync } from "node:child_process";

/** A system call of a traced program. */
export interface TracedCall {
  readonly name: string;
  /** As strace writes them, all strings as `\x…`. */
  readonly args: string;
  readonly result: number;
  /** The line of the trace where it began, and the one where it had ended; infinite when the trace ends before. */
  readonly begun: number;
  readonly ended: number;
}

/** The calls that change what a file system holds, make it durable, or tell somebody something. */
const CALLS =
  "open,openat,close,write,pwrite64,writev,pwritev,pwritev2,sendmsg,sendto,fsync,fdatasync,sync_file_range,ftruncate,truncate,fallocate,copy_file_range,sendfile,rename,renameat,renameat2,link,linkat,unlink,unlinkat,rmdir,mkdir,mkdirat,dup,dup2,dup3";

/** The words before those of a program that have it traced to a file. */
export function tracedBy(output: string): readonly string[] {
  return ["strace", "-f", "-qq", "-xx", "-s", "16777216", "-e", "signal=none", "-e", `trace=${CALLS}`, "-o", output];
}

export function canTrace(): boolean {
  try {
    execFileSync("strace", ["-qq", "-e", "trace=none", process.execPath, "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The calls of a trace that did something, in the order in which they ended. */
export function parseTrace(trace: string): readonly TracedCall[] {
  const calls: TracedCall[] = [];
  const unfinished = new Map<string, { readonly name: string; readonly args: string; readonly begun: number }>();
  for (const [number, line] of trace.split("\n").entries()) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const begins = /^(\w+)\((.*) <unfinished \.\.\.>$/.exec(rest);
    const ends = /^<\.\.\. (\w+) resumed>(.*)\) += (-?\d+|\?)/.exec(rest);
    const whole = /^(\w+)\((.*)\) += (-?\d+|\?)/.exec(rest);
    if (begins !== null) {
      unfinished.set(thread, { name: begins[1]!, args: begins[2]!, begun: number });
    } else if (ends !== null) {
      const { name, args, begun } = unfinished.get(thread)!;
      unfinished.delete(thread);
      calls.push({ name, args: args + ends[2]!, result: Number(ends[3]), begun, ended: number });
    } else if (whole !== null) {
      calls.push({ name: whole[1]!, args: whole[2]!, result: Number(whole[3]), begun: number, ended: number });
    }
  }
  for (const call of unfinished.values()) calls.push({ ...call, result: 0, ended: Number.POSITIVE_INFINITY });
  return calls.filter(({ result }) => !(result < 0));
}

/** The strings among the arguments of a call. */
export function stringsOf({ args }: TracedCall): readonly Buffer[] {
  return [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text]) =>
    Buffer.from(text!.replaceAll("\\x", ""), "hex"),
  );
}

/** The number that an argument begins with. */
export function numberAt({ args }: TracedCall, index: number): number {
  return Number.parseInt(args.split(", ")[index] ?? "", 10);
}
