import type { Config } from "../../config/schema.ts";
import { createPrometheusMetrics } from "../../providers/observability/prometheus-metrics.ts";
import { createRuntime } from "../../runtime/create-runtime.ts";
import { startGateway } from "../../runtime/start-gateway.ts";
import { workerCount } from "../../runtime/workers/share-of-limits.ts";
import { clientHint } from "../client-hint.ts";
import type { Command, Given } from "../command.ts";
import { type CommandConfiguration, readConfiguration } from "../configuration.ts";
import { deferLoopCompilation } from "../defer-loop-compilation.ts";
import type { CliIo } from "../io.ts";
import { passphraseFor } from "../key-passphrase.ts";
import { ensureKeyFile } from "../make-key-file.ts";
import { configOption, integerOf, isGiven, textOf } from "../options.ts";
import { reloadOccasions } from "../reload-occasions.ts";
import { runWhenIdle } from "../run-when-idle.ts";
import type { Service } from "../service.ts";
import { slowHeapGrowth } from "../slow-heap-growth.ts";
import { type Ending, termination } from "../termination.ts";

export const proxy: Command = {
  arguments: [],
  options: [
    configOption,
    { name: "host", value: "<address>", description: "Address to listen on, in place of proxy.host." },
    { name: "port", value: "<port>", description: "Port to listen on, in place of proxy.port; 0 takes any free one." },
    {
      name: "allow-remote-bind",
      description: "Yes, listen beyond this machine. Needs proxy.tls or proxy.trustForwardedProto as well.",
    },
  ],
  members: [],
  exitCodes: [5],
  examples: [
    {
      line: "haechi proxy --port 8080",
      purpose:
        "Run until SIGINT or SIGTERM, then finish open exchanges. A second signal ends at once. SIGHUP reads the configuration again.",
    },
  ],
  async run(given, io) {
    const ended = termination(process);
    const occasions = reloadOccasions(process);
    slowHeapGrowth();
    deferLoopCompilation();
    const configuration = readConfiguration(given, io);
    const { config } = configuration;
    if (config.proxy.reloadOnChange) occasions.watch(configuration.path);
    const isKeyNew = await ensureKeyFile(config, io);
    const service = await serviceOf(configuration, given, io);
    tellStart(configuration, isKeyNew, service);
    if (config.logging.format === "text") io.stdout.write(`point a client at it: ${clientHint(config, service.url)}\n`);
    occasions.begin(() => void service.reload(() => readConfiguration(given, io)));
    const ending = await Promise.race([ended, service.lost]);
    occasions.end();
    tellEnd(ending, service);
    return { exitCode: await service.close(ending), output: null };
  },
};

async function serviceOf(configuration: CommandConfiguration, given: Given, io: CliIo): Promise<Service> {
  const { config } = configuration;
  const count = workerCount(config);
  if (count === 1) return await serveHere(config, given, io);
  const { serveWithWorkers } = await import("../serve-with-workers.ts");
  return await serveWithWorkers(configuration, count, startOptions(given), io);
}

async function serveHere(config: Config, given: Given, io: CliIo): Promise<Service> {
  const metrics = createPrometheusMetrics();
  const runtime = createRuntime(config, {}, await passphraseFor(config, io));
  const gateway = await startGateway(runtime, { metrics }, startOptions(given));
  runWhenIdle(runtime.haechi.warmUp, gateway);
  return {
    url: gateway.url,
    logger: gateway.logger,
    reload: gateway.reload,
    lost: new Promise(() => {}),
    async close({ kind }) {
      if (kind === "failure") metrics.increment("haechi_internal_error_total");
      await gateway.close(kind === "failure" ? "failure" : "shutdown");
      await runtime.close();
      return kind === "failure" ? 5 : 0;
    },
  };
}

const PORT_MAX = 65_535;

function startOptions(given: Given) {
  const host = textOf(given, "host");
  const port = integerOf(given, "port", 0, PORT_MAX);
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    allowsRemoteBind: isGiven(given, "allow-remote-bind"),
  };
}

function tellStart(
  { config, warnings, path, isFromFile }: CommandConfiguration,
  isKeyNew: boolean,
  { logger }: Service,
): void {
  if (!isFromFile) logger.warn("config_defaults_used", { path });
  if (isKeyNew) logger.info("key_file_created", { path: config.keys.keyFile });
  for (const { path: key, message } of warnings) logger.warn("config_warning", { key, message });
}

function tellEnd(ending: Ending, { logger }: Service): void {
  if (ending.kind === "signal") logger.info("proxy_shutdown", { signal: ending.signal });
  else logger.error("proxy_internal_error", { errorName: ending.errorName });
}
