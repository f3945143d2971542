import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { tempFolder } from "./temp-folder.ts";

/** A file system in memory that only programs which are started under it see; it is gone with its test. */
export interface SmallDisk {
  /** Where it is, for a program that runs under it. */
  readonly path: string;
  /** The words before those of a program that is to see it. */
  readonly under: readonly string[];
  /** Where one of its files is for this process. */
  inside(name: string): string;
  /** Fills it but for so many bytes. */
  leaveRoom(bytes: number): void;
  /** Takes away what filled it. */
  makeRoom(): void;
  makeReadOnly(): void;
}

/** Users without rights need namespaces of their own to mount something. */
const NAMESPACES = process.getuid?.() === 0 ? ["-m"] : ["-m", "-r"];

export function canMount(): boolean {
  try {
    execFileSync("unshare", [...NAMESPACES, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export async function smallDisk(test: Pick<TestContext, "after">, bytes: number): Promise<SmallDisk> {
  const path = await tempFolder(test);
  const mount = `mount -t tmpfs -o size=${bytes},mode=0700 tmpfs "${path}" && echo mounted && exec cat`;
  const holder = spawn("unshare", [...NAMESPACES, "sh", "-c", mount], { stdio: ["pipe", "pipe", "inherit"] });
  test.after(() => holder.kill("SIGKILL"));
  await once(holder.stdout, "data");
  const user = NAMESPACES.includes("-r") ? ["-U", "--preserve-credentials"] : [];
  const under = ["nsenter", "-t", String(holder.pid), "-m", ...user, "--"];
  const inside = (name: string) => join(`/proc/${holder.pid}/root`, path, name);
  const ballast = inside("ballast");
  return {
    path,
    under,
    inside,
    leaveRoom(room) {
      fs.rmSync(ballast, { force: true });
      const { bavail, bsize } = fs.statfsSync(inside("."));
      fs.writeFileSync(ballast, Buffer.alloc(bavail * bsize - room));
    },
    makeRoom: () => fs.rmSync(ballast),
    makeReadOnly() {
      const [command, ...words] = [...under, "mount", "-o", "remount,ro", path];
      execFileSync(command!, words);
    },
  };
}
