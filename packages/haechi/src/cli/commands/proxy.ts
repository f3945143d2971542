import { createPrometheusMetrics } from "../../providers/observability/prometheus-metrics.ts";
import { createRuntime } from "../../runtime/create-runtime.ts";
import { type RunningGateway, startGateway } from "../../runtime/start-gateway.ts";
import { clientHint } from "../client-hint.ts";
import type { Command, Given } from "../command.ts";
import { type CommandConfiguration, readConfiguration } from "../configuration.ts";
import { deferLoopCompilation } from "../defer-loop-compilation.ts";
import { passphraseFor } from "../key-passphrase.ts";
import { ensureKeyFile } from "../make-key-file.ts";
import { configOption, integerOf, isGiven, textOf } from "../options.ts";
import { reloadOccasions } from "../reload-occasions.ts";
import { runWhenIdle } from "../run-when-idle.ts";
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
    deferLoopCompilation(START_MS_MAX);
    const configuration = readConfiguration(given, io);
    const { config } = configuration;
    if (config.proxy.reloadOnChange) occasions.watch(configuration.path);
    const isKeyNew = await ensureKeyFile(config, io);
    const metrics = createPrometheusMetrics();
    const runtime = createRuntime(config, {}, await passphraseFor(config, io));
    const gateway = await startGateway(runtime, { metrics }, startOptions(given));
    tellStart(configuration, isKeyNew, gateway);
    if (config.logging.format === "text") io.stdout.write(`point a client at it: ${clientHint(config, gateway.url)}\n`);
    runWhenIdle(runtime.haechi.warmUp, gateway);
    occasions.begin(() => void gateway.reload(() => readConfiguration(given, io)));
    const ending = await ended;
    occasions.end();
    if (ending.kind === "failure") metrics.increment("haechi_internal_error_total");
    tellEnd(ending, gateway);
    const isFailure = ending.kind === "failure";
    await gateway.close(isFailure ? "failure" : "shutdown");
    await runtime.close();
    return { exitCode: isFailure ? 5 : 0, output: null };
  },
};

/** A start that ends with a first request takes less. */
const START_MS_MAX = 1000;
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
  { logger }: RunningGateway,
): void {
  if (!isFromFile) logger.warn("config_defaults_used", { path });
  if (isKeyNew) logger.info("key_file_created", { path: config.keys.keyFile });
  for (const { path: key, message } of warnings) logger.warn("config_warning", { key, message });
}

function tellEnd(ending: Ending, { logger }: RunningGateway): void {
  if (ending.kind === "signal") logger.info("proxy_shutdown", { signal: ending.signal });
  else logger.error("proxy_internal_error", { errorName: ending.errorName });
}
