import { isHaechiError } from "../core/errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import {
  type ChosenUpstream,
  type Upstream,
  type UpstreamFault,
  type Upstreams,
  wasNotSent,
} from "../ports/upstream.ts";
import { createUpstreamHealth, type HealthRules, type UpstreamHealth } from "./upstream-health.ts";

export interface GroupMember {
  /** Null where there is only one. */
  readonly name: string | null;
  readonly upstream: Upstream;
  /** Those with the lowest number are asked first. */
  readonly priority: number;
  /** Share of the requests among those of one priority. */
  readonly weight: number;
}

export interface GroupOptions {
  readonly members: readonly GroupMember[];
  readonly health: HealthRules;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

export interface UpstreamGroup extends Upstreams {
  /** Notes what a check of a member's health has found. */
  noteProbe(member: GroupMember, error: unknown): void;
}

/**
 * Chooses among upstreams by priority, weight and how they have answered. Those that failed are given time; when
 * all of them did, they are asked all the same, because a request that would be refused can lose nothing by trying.
 */
export function createUpstreamGroup({ members, health, clock, metrics, logger }: GroupOptions): UpstreamGroup {
  const seats = members.map((member): Seat => ({ member, health: createUpstreamHealth(health), credit: 0 }));
  for (const { name } of members) metrics.set?.("haechi_upstream_available", 1, labelsOf(name));

  const succeeded = ({ member: { name }, health }: Seat): void => {
    if (!health.succeeded()) return;
    logger.info("upstream_available", { upstream: name });
    metrics.set?.("haechi_upstream_available", 1, labelsOf(name));
  };
  const failed = ({ member: { name }, health }: Seat, reason: string): void => {
    if (!health.failed(clock.now())) return;
    logger.warn("upstream_unavailable", { upstream: name, reason });
    metrics.set?.("haechi_upstream_available", 0, labelsOf(name));
  };
  const count = ({ member: { name } }: Seat, outcome: string): void => {
    metrics.increment("haechi_upstream_requests_total", { ...labelsOf(name), outcome });
  };

  const chosen = (order: readonly Seat[], at: number): ChosenUpstream => {
    const seat = order[at]!;
    const { name, upstream } = seat.member;
    return {
      name,
      async send(request, receipt, signal) {
        seat.health.asked(clock.now());
        try {
          const response = await upstream.send(request, receipt, signal);
          count(seat, "answered");
          // Where nobody else can be asked, an upstream that says no is one that answers.
          if (seats.length > 1 && UNABLE.has(response.status)) failed(seat, `status:${response.status}`);
          else succeeded(seat);
          return response;
        } catch (error) {
          count(seat, signal.aborted ? "abandoned" : wasNotSent(error) ? "not_sent" : "failed");
          if (!signal.aborted && isItsFailure(error)) failed(seat, error.reason);
          throw error;
        }
      },
      next: () => (at + 1 < order.length ? chosen(order, at + 1) : null),
    };
  };

  return {
    choose(name) {
      const only = name === undefined ? undefined : seats.find(({ member }) => member.name === name);
      if (only !== undefined) return chosen([only], 0);
      return chosen(seats.length === 1 ? seats : orderOf(seats, clock.now()), 0);
    },
    states: () => seats.map(({ member: { name }, health }) => ({ name, isAvailable: health.isAvailable(clock.now()) })),
    noteProbe(member, error) {
      const seat = seats.find((seat) => seat.member === member);
      if (seat === undefined) return;
      if (error === null) succeeded(seat);
      else failed(seat, isHaechiError(error) ? error.reason : "probe_failed");
    },
    async close() {
      await Promise.all(members.map(({ upstream }) => upstream.close()));
    },
  };
}

/** The one upstream that has no name goes by `default`. */
function labelsOf(name: string | null): { readonly upstream: string } {
  return { upstream: name ?? "default" };
}

interface Seat {
  readonly member: GroupMember;
  readonly health: UpstreamHealth;
  /** What it is owed of its share. */
  credit: number;
}

/** Statuses with which an upstream, or what stands before it, says that it cannot serve now (RFC 9110 §15.6). */
const UNABLE: ReadonlySet<number> = new Set([502, 503, 504, 529]);

/** Those who are available first, by priority; among equals the one whose turn it is. */
function orderOf(seats: readonly Seat[], nowMs: number): readonly Seat[] {
  const available = seats.filter(({ health }) => health.isAvailable(nowMs));
  const order = [...available.sort(byPriority), ...seats.filter((seat) => !available.includes(seat)).sort(byPriority)];
  const equals = order.filter(
    (seat) =>
      seat.member.priority === order[0]!.member.priority && available.includes(seat) === available.includes(order[0]!),
  );
  const first = takeTurn(equals);
  return [first, ...order.filter((seat) => seat !== first)];
}

/** Smooth weighted round robin: everybody gets their share, spread as evenly as can be. */
function takeTurn(seats: readonly Seat[]): Seat {
  let total = 0;
  let first = seats[0]!;
  for (const seat of seats) {
    total += seat.member.weight;
    seat.credit += seat.member.weight;
    if (seat.credit > first.credit) first = seat;
  }
  first.credit -= total;
  return first;
}

function byPriority(a: Seat, b: Seat): number {
  return a.member.priority - b.member.priority || b.member.weight - a.member.weight;
}

/** What our own limits and the request itself cause is not held against an upstream. */
function isItsFailure(error: unknown): error is { readonly reason: string } {
  if (!isHaechiError(error)) return false;
  return (
    (error.code === "UPSTREAM_UNREACHABLE" || error.code === "UPSTREAM_TIMEOUT" || error.code === "KEY_UNAVAILABLE") &&
    error.reason !== ("pool_timeout" satisfies UpstreamFault)
  );
}
