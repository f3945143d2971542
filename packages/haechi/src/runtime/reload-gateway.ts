import { setImmediate } from "node:timers/promises";
import type { LoadedConfig } from "../config/load.ts";
import type { Config } from "../config/schema.ts";
import type { GatewayServer } from "../gateway/create-gateway.ts";
import type { Upstreams } from "../ports/upstream.ts";
import type { Runtime } from "./create-runtime.ts";
import { equipGateway, type GatewayEquipment, holdUpstreams, servingRules } from "./equip-gateway.ts";
import type { Held } from "./held.ts";
import { createReloads, type Reloads } from "./reload.ts";
import { warnOfWeakness } from "./weakness.ts";

export interface Reloader extends Reloads<LoadedConfig> {
  /**
   * Builds everything for another configuration beside what serves; `reload` without a record, and without the step.
   * @throws HaechiError
   */
  prepare(config: Config, changed: readonly string[]): Promise<PreparedReload>;
  /** What is in effect. */
  config(): Config;
  /** Releases what the configuration in effect holds. */
  close(): Promise<void>;
}

/** A configuration that can be taken up without anything that can fail. One of the two is called, once. */
export interface PreparedReload {
  /** Exchanges that begin from now on are under it. */
  commit(): void;
  discard(): Promise<void>;
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
  readonly server: Pick<GatewayServer, "replacement">;
}): Reloader {
  const { metrics, logger, standing } = equipment;
  let current: Generation = { runtime, upstreams, close: () => upstreams.release() };
  const reloads = createReloads<LoadedConfig>(
    {
      config: () => current.runtime.config,
      async takeUp({ config }, changed) {
        const { commit } = await prepare(config, changed);
        commit();
      },
      tellStanding(configuration) {
        standing.configuration = configuration;
      },
      warn: () => warnOfWeakness(current.runtime, logger),
    },
    runtime,
    equipment,
  );

  return { ...reloads, prepare, config: () => current.runtime.config, close: () => current.close() };

  /** All that can fail comes before the one step that makes new exchanges begin under the next configuration. */
  async function prepare(config: Config, changed: readonly string[]): Promise<PreparedReload> {
    const next = current.runtime.reconfigured(config, changed);
    const previous = current;
    let nextUpstreams: Held<Upstreams> | null = null;
    const discard = async () => {
      await nextUpstreams?.release();
      await next.close();
    };
    try {
      const held = changed.some(isAboutUpstreams) ? holdUpstreams(next, equipment) : previous.upstreams.share();
      nextUpstreams = held;
      const gateway = equipGateway(next, held.value, equipment);
      const replace = server.replacement(gateway, servingRules(next, gateway, equipment));
      for (const step of next.haechi === previous.runtime.haechi ? [] : next.haechi.warmUp) {
        step();
        await setImmediate();
      }
      return {
        commit() {
          const isOver = replace();
          current = generation(next, held);
          void isOver.then(() => retire(previous));
        },
        discard,
      };
    } catch (error) {
      await discard();
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
