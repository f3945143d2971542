import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { startCli } from "./run-cli.ts";

/** A gateway as a process of its own, with its state in a folder that may outlive it. */
export interface HaechiProcess {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process is gone; nothing in it has been told. */
  kill(): Promise<void>;
  /** Asks the process to end; resolves with its exit code when it has. */
  end(): Promise<number>;
}

/**
 * Starts the program on a folder, or again on what an earlier process left there.
 * @param under words of a command that runs it
 */
export async function startHaechiProcess(
  test: Pick<TestContext, "after">,
  folder: string,
  config: ConfigInput,
  under: readonly string[] = [],
): Promise<HaechiProcess> {
  const path = join(folder, "haechi.config.json");
  await writeFile(path, JSON.stringify(config));
  const cli = startCli(test, folder, ["proxy", "--port", "0", "--config", path], { HAECHI_LOG_FORMAT: "json" }, under);
  const [line] = await cli.outputMatching(/^.*"proxy_listening".*$/m);
  const { scheme, host, port } = JSON.parse(line);
  return {
    url: `${scheme}://${host}:${port}`,
    // It has said something, so there is a process.
    pid: cli.child.pid!,
    async kill() {
      cli.child.kill("SIGKILL");
      await cli.ended;
    },
    async end() {
      cli.child.kill("SIGTERM");
      return (await cli.ended).exitCode;
    },
  };
}
