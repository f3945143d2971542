import type { Config } from "../../src/config/schema.ts";
import { initKeyFile } from "../../src/providers/crypto/key-file.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { startGateway } from "../../src/runtime/start-gateway.ts";

/** A gateway in this process, on a free port, as `haechi proxy` starts one: with a key file that it makes if there is none. */
export async function openGateway(config: Config): Promise<{ readonly url: string; close(): Promise<void> }> {
  await initKeyFile(config.keys.keyFile, { clock: systemClock, random: systemRandom });
  const runtime = createRuntime(config);
  const logger = { info() {}, warn() {}, error() {} };
  const gateway = await startGateway(runtime, { logger }, { port: 0 });
  return {
    url: gateway.url,
    async close() {
      await gateway.close();
      await runtime.close();
    },
  };
}
