import { setImmediate } from "node:timers/promises";
import { changedKeys } from "../config/changed-keys.ts";
import type { LoadedConfig } from "../config/load.ts";
import { needsRestart } from "../config/needs-restart.ts";
import { configInvalid } from "../config/problem.ts";
import type { Config } from "../config/schema.ts";
import { isHaechiError } from "../core/errors.ts";
import { type OperationPorts, recordOperation } from "../engine/record-operation.ts";
import type { GatewayServer } from "../gateway/create-gateway.ts";
import type { ConfigurationStanding } from "../gateway/endpoints/observability.ts";
import type { Upstreams } from "../ports/upstream.ts";
import type { Runtime } from "./create-runtime.ts";
import { equipGateway, type GatewayEquipment, holdUpstreams, servingRules } from "./equip-gateway.ts";
import type { Held } from "./held.ts";
import { warnOfWeakness } from "./weakness.ts";

/** Reads the configuration again, with what it should be warned of; what it throws refuses the reload. */
export type ReadConfig = () => LoadedConfig;

export interface Reloader {
  /** Never rejects; resolves with whether the configuration that was read is in effect. One runs at a time. */
  reload(read: ReadConfig): Promise<boolean>;
  /** What is in effect. */
  config(): Config;
  /** Takes up nothing any more; resolves when what is under way is over. */
  settle(): Promise<void>;
  /** Releases what the configuration in effect holds. */
  close(): Promise<void>;
}

/** What exchanges that begin now are served with. */
interface Generation {
  readonly runtime: Runtime;
  readonly upstreams: Held<Upstreams>;
  close(): Promise<void>;
}

/** Takes a gateway from one configuration to the next. The runtime it starts with stays open when it is replaced. */
export function createReloader({
  runtime,
  upstreams,
  equipment,
  server,
}: {
  readonly runtime: Runtime;
  readonly upstreams: Held<Upstreams>;
  readonly equipment: GatewayEquipment;
  readonly server: Pick<GatewayServer, "replace">;
}): Reloader {
  const { metrics, logger, standing } = equipment;
  let current: Generation = { runtime, upstreams, close: () => upstreams.release() };
  let latest: Promise<unknown> = Promise.resolve();
  let isSettled = false;
  tellStanding("current");

  return {
    reload(read) {
      const reloaded = latest.then(() => !isSettled && reload(read));
      latest = reloaded;
      return reloaded;
    },
    config: () => current.runtime.config,
    async settle() {
      isSettled = true;
      await latest;
    },
    close: () => current.close(),
  };

  async function reload(read: ReadConfig): Promise<boolean> {
    const found = attempt(read);
    const changed = "config" in found ? changedKeys(current.runtime.config, found.config) : [];
    if ("config" in found && changed.length === 0) {
      tellStanding("current");
      logger.info("config_unchanged");
      return true;
    }
    let isTakenUp = false;
    const takeUpFound = async () => {
      if ("error" in found) throw found.error;
      await takeUp(found.config, changed);
      isTakenUp = true;
    };
    try {
      await recordReload(current.runtime, changed, takeUpFound);
    } catch (error) {
      tellRefusal(error, isTakenUp, changed);
    }
    metrics.increment("haechi_config_reloads_total", { outcome: isTakenUp ? "applied" : "refused" });
    tellStanding(isTakenUp ? "current" : "refused");
    if (isTakenUp) tellChange(changed, "warnings" in found ? found.warnings : []);
    return isTakenUp;
  }

  /** All that can fail comes before the one step that makes new exchanges begin under the next configuration. */
  async function takeUp(config: Config, changed: readonly string[]): Promise<void> {
    const held = changed.filter(needsRestart);
    if (held.length > 0)
      throw configInvalid(
        "the configuration",
        held.map((path) => ({ path, message: HELD })),
      );
    const next = current.runtime.reconfigured(config, changed);
    const previous = current;
    let nextUpstreams: Held<Upstreams> | null = null;
    try {
      nextUpstreams = changed.some(isAboutUpstreams) ? holdUpstreams(next, equipment) : previous.upstreams.share();
      const gateway = equipGateway(next, nextUpstreams.value, equipment);
      const rules = servingRules(next, gateway, equipment);
      for (const step of next.haechi === previous.runtime.haechi ? [] : next.haechi.warmUp) {
        step();
        await setImmediate();
      }
      const isOver = server.replace(gateway, rules);
      current = generation(next, nextUpstreams);
      void isOver.then(() => retire(previous));
    } catch (error) {
      await nextUpstreams?.release();
      await next.close();
      throw error;
    }
  }

  async function retire(previous: Generation): Promise<void> {
    const names = new Set(current.upstreams.value.states().map(({ name }) => name));
    for (const { name } of previous.upstreams.value.states()) {
      if (!names.has(name)) metrics.remove?.("haechi_upstream_available", { upstream: name ?? "default" });
    }
    try {
      await previous.close();
    } catch (error) {
      logger.error("proxy_internal_error", { errorName: nameOf(error) });
    }
  }

  function tellStanding(configuration: ConfigurationStanding): void {
    standing.configuration = configuration;
    metrics.set?.("haechi_config_current", configuration === "current" ? 1 : 0);
  }

  function tellChange(changed: readonly string[], warnings: LoadedConfig["warnings"]): void {
    logger.info("config_reloaded", { keys: changed.join(" ") });
    for (const { path: key, message } of warnings) logger.warn("config_warning", { key, message });
    warnOfWeakness(current.runtime, logger);
  }

  function tellRefusal(error: unknown, isTakenUp: boolean, changed: readonly string[]): void {
    const why = isHaechiError(error) ? error.message : nameOf(error);
    // The beginning was recorded; that the end was not does not undo it.
    if (isTakenUp) logger.error("config_reload_unrecorded", { why });
    else logger.error("config_reload_refused", { why, keys: changed.join(" ") });
  }
}

const HELD = "is not changed while the gateway runs: restart it";

function attempt(read: ReadConfig): LoadedConfig | { readonly error: unknown } {
  try {
    return read();
  } catch (error) {
    return { error };
  }
}

function recordReload(ports: OperationPorts, changed: readonly string[], operate: () => Promise<void>): Promise<void> {
  const operation = { protocol: "config", verb: "reload", decision: "config_change", changedKeys: changed } as const;
  return recordOperation(ports, operation, operate);
}

function isAboutUpstreams(key: string): boolean {
  return key.startsWith("target.") || key === "limits.upstreamTimeoutMs";
}

function generation(runtime: Runtime, upstreams: Held<Upstreams>): Generation {
  return {
    runtime,
    upstreams,
    async close() {
      await upstreams.release();
      await runtime.close();
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
