import { spawn } from "node:child_process";
import { once } from "node:events";

/** The lines that a program had printed when it was killed, after at least `count` of them. */
export async function linesUntilKilled(program: string, argument: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, argument], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > count) child.kill("SIGKILL");
  });
  await once(child, "close");
  // What stands behind the last newline was not printed as a whole.
  return output.split("\n").slice(0, -1);
}
