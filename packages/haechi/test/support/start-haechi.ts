import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import type { LogFields, Logger } from "../../src/ports/logger.ts";
import { initKeyFile } from "../../src/providers/crypto/key-file.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { createRuntime, type Runtime } from "../../src/runtime/create-runtime.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { type RunningGateway, type StartOptions, startGateway } from "../../src/runtime/start-gateway.ts";
import { tempFolder } from "./temp-folder.ts";

/** A gateway under test, with everything that it writes. */
export interface HaechiUnderTest {
  readonly url: string;
  readonly folder: string;
  readonly runtime: Runtime;
  readonly gateway: RunningGateway;
  readonly logged: readonly string[];
  auditText(): Promise<string>;
  auditEntries(): Promise<AuditEntry[]>;
  metrics(): Promise<string>;
}

/**
 * Starts a gateway on a free loopback port, with its state in a folder of its own; it ends with the test.
 * @param upstreamUrl null where the overrides say where the upstreams are
 */
export async function startHaechi(
  test: Pick<TestContext, "after">,
  upstreamUrl: string | null,
  overrides: ConfigInput = {},
  providers: Providers = {},
  options: StartOptions = {},
): Promise<HaechiUnderTest> {
  let close = async () => {};
  const folder = await tempFolder(test, () => close());
  const keyFile = join(folder, "keys.json");
  await initKeyFile(keyFile, { clock: systemClock, random: systemRandom });
  const auditPath = join(folder, "audit.jsonl");
  const config = parseConfig({
    mode: "enforce",
    ...overrides,
    target: { ...(upstreamUrl === null ? {} : { upstream: upstreamUrl }), ...overrides.target },
    proxy: { port: 0, ...overrides.proxy },
    limits: { shutdownGraceMs: 1000, ...overrides.limits },
    keys: { keyFile, ...overrides.keys },
    audit: { path: auditPath, ...overrides.audit },
    tokenVault: { path: join(folder, "vault.sqlite"), ...overrides.tokenVault },
    auth: { store: join(folder, "auth.json"), ...overrides.auth },
  });
  const logged: string[] = [];
  const runtime = createRuntime(config, providers);
  const gateway = await startGateway(runtime, { logger: recordingLogger(logged), ...providers }, options);
  close = async () => {
    await gateway.close();
    await runtime.close();
  };
  const auditText = () => readFile(config.audit.path, "utf8").catch(() => "");
  return {
    url: gateway.url,
    folder,
    runtime,
    gateway,
    logged,
    auditText,
    auditEntries: async () =>
      (await auditText())
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as AuditEntry),
    metrics: async () => (await fetch(`${gateway.url}/__haechi/metrics`)).text(),
  };
}

function recordingLogger(lines: string[]): Logger {
  const log = (level: string) => (event: string, fields?: LogFields) => {
    lines.push(JSON.stringify({ level, event, ...fields }));
  };
  return { info: log("info"), warn: log("warn"), error: log("error") };
}
