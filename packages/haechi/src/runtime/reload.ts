import { changedKeys } from "../config/changed-keys.ts";
import type { LoadedConfig } from "../config/load.ts";
import { needsRestart } from "../config/needs-restart.ts";
import { configInvalid } from "../config/problem.ts";
import type { Config } from "../config/schema.ts";
import { isHaechiError } from "../core/errors.ts";
import { type OperationPorts, recordOperation } from "../engine/audit/record-operation.ts";
import type { ConfigurationStanding } from "../gateway/endpoints/observability.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";

/** Reads the configuration again, with what it should be warned of; what it throws refuses the reload. */
export type ReadConfig<Found extends LoadedConfig = LoadedConfig> = () => Found;

export interface Reloads<Found extends LoadedConfig> {
  /** Never rejects; resolves with whether the configuration that was read is in effect. One runs at a time. */
  reload(read: ReadConfig<Found>): Promise<boolean>;
  /** Takes up nothing any more; resolves when what is under way is over. */
  settle(): Promise<void>;
}

export interface ReloadTarget<Found extends LoadedConfig> {
  /** What is in effect. */
  config(): Config;
  /** Takes up another configuration whole, or rejects and has changed nothing. */
  takeUp(found: Found, changed: readonly string[]): Promise<void>;
  /** Hears whether what was read last is in effect. */
  tellStanding(standing: ConfigurationStanding): void;
  /** Says what the configuration in effect leaves open. */
  warn(): void;
}

/** Takes something that serves from one configuration to the next; each attempt is recorded, counted and told. */
export function createReloads<Found extends LoadedConfig>(
  target: ReloadTarget<Found>,
  ports: OperationPorts,
  { metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger },
): Reloads<Found> {
  let latest: Promise<unknown> = Promise.resolve();
  let isSettled = false;
  tellStanding("current");

  return {
    reload(read) {
      const reloaded = latest.then(() => !isSettled && reload(read));
      latest = reloaded;
      return reloaded;
    },
    async settle() {
      isSettled = true;
      await latest;
    },
  };

  async function reload(read: ReadConfig<Found>): Promise<boolean> {
    const found = attempt(read);
    const changed = "config" in found ? changedKeys(target.config(), found.config) : [];
    if ("config" in found && changed.length === 0) {
      tellStanding("current");
      logger.info("config_unchanged");
      return true;
    }
    let isTakenUp = false;
    const takeUpFound = async () => {
      if ("error" in found) throw found.error;
      refuseHeld(changed);
      await target.takeUp(found, changed);
      isTakenUp = true;
    };
    try {
      await recordReload(ports, changed, takeUpFound);
    } catch (error) {
      tellRefusal(error, isTakenUp, changed);
    }
    metrics.increment("haechi_config_reloads_total", { outcome: isTakenUp ? "applied" : "refused" });
    tellStanding(isTakenUp ? "current" : "refused");
    if (isTakenUp) tellChange(changed, "warnings" in found ? found.warnings : []);
    return isTakenUp;
  }

  function tellStanding(standing: ConfigurationStanding): void {
    target.tellStanding(standing);
    metrics.set?.("haechi_config_current", standing === "current" ? 1 : 0);
  }

  function tellChange(changed: readonly string[], warnings: LoadedConfig["warnings"]): void {
    logger.info("config_reloaded", { keys: changed.join(" ") });
    for (const { path: key, message } of warnings) logger.warn("config_warning", { key, message });
    target.warn();
  }

  function tellRefusal(error: unknown, isTakenUp: boolean, changed: readonly string[]): void {
    const why = isHaechiError(error) ? error.message : nameOf(error);
    // The beginning was recorded; that the end was not does not undo it.
    if (isTakenUp) logger.error("config_reload_unrecorded", { why });
    else logger.error("config_reload_refused", { why, keys: changed.join(" ") });
  }
}

const HELD = "is not changed while the gateway runs: restart it";

function refuseHeld(changed: readonly string[]): void {
  const held = changed.filter(needsRestart);
  if (held.length === 0) return;
  throw configInvalid(
    "the configuration",
    held.map((path) => ({ path, message: HELD })),
  );
}

function attempt<Found>(read: () => Found): Found | { readonly error: unknown } {
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

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
