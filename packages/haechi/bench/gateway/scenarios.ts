import type { BodyShape } from "./bodies.ts";

/** What answers the load: the upstream itself, a proxy that looks at nothing, or Haechi in enforce mode. */
export type Target = "upstream" | "pass-through" | "haechi" | "haechi, answers too";

export interface Scenario {
  readonly name: string;
  readonly body: BodyShape;
  readonly connections: number;
  readonly upstream: { readonly delayMs: number; readonly pieces: number; readonly intervalMs: number | null };
  readonly targets: readonly Target[];
  /** Load on other connections at the same time. */
  readonly beside?: { readonly body: BodyShape; readonly connections: number };
  /** Name of the scenario that this one is held against; it stands before this one. */
  readonly benign?: string;
}

const KIB = 1024;
const chat = (bytes: number): BodyShape => ({ bytes, kind: "chat", streamed: false, planted: false });
const agent: BodyShape = { bytes: 64 * KIB, kind: "agent", streamed: false, planted: false };
const streaming: BodyShape = { ...chat(KIB), streamed: true };
const isNew = (body: BodyShape): BodyShape => ({ ...body, isNew: true });
const planted = (body: BodyShape): BodyShape => ({ ...body, planted: true });

const AT_ONCE = { delayMs: 0, pieces: 200, intervalMs: null };
const PROXIES = ["pass-through", "haechi"] as const;
const ALL_PROXIES = [...PROXIES, "haechi, answers too"] as const;
const ALL = ["upstream", ...PROXIES] as const;

/** Many requests at a time: what one costs. */
export const COST_SCENARIOS: readonly Scenario[] = [
  { name: "1 KB", body: chat(KIB), connections: 32, upstream: AT_ONCE, targets: ALL_PROXIES },
  fiveFindings("1 KB", chat(KIB), 32),
  { name: "1 KB, all of it new", body: isNew(chat(KIB)), connections: 32, upstream: AT_ONCE, targets: PROXIES },
  { name: "16 KB", body: chat(16 * KIB), connections: 32, upstream: AT_ONCE, targets: PROXIES },
  fiveFindings("16 KB", chat(16 * KIB), 32),
  { name: "16 KB, all of it new", body: isNew(chat(16 * KIB)), connections: 32, upstream: AT_ONCE, targets: PROXIES },
  { name: "agent, 64 KB", body: agent, connections: 16, upstream: AT_ONCE, targets: PROXIES },
  fiveFindings("agent, 64 KB", agent, 16),
  { name: "agent, 64 KB, all of it new", body: isNew(agent), connections: 16, upstream: AT_ONCE, targets: PROXIES },
  { name: "256 KB", body: chat(256 * KIB), connections: 8, upstream: AT_ONCE, targets: PROXIES },
  fiveFindings("256 KB", chat(256 * KIB), 8),
  { name: "256 KB, all of it new", body: isNew(chat(256 * KIB)), connections: 8, upstream: AT_ONCE, targets: PROXIES },
  {
    name: "50 streams × 200 pieces",
    body: streaming,
    connections: 50,
    upstream: { ...AT_ONCE, intervalMs: 0 },
    targets: PROXIES,
  },
];

/** Few requests at a time: how long one takes. */
export const LATENCY_SCENARIOS: readonly Scenario[] = [
  { name: "one client, 1 KB", body: chat(KIB), connections: 1, upstream: AT_ONCE, targets: ALL },
  {
    name: "one client, 1 KB, upstream takes 5 ms",
    body: chat(KIB),
    connections: 1,
    upstream: { ...AT_ONCE, delayMs: 5 },
    targets: ALL,
  },
  {
    name: "one client, 1 KB, beside two of 900 KB",
    body: chat(KIB),
    connections: 1,
    upstream: AT_ONCE,
    targets: ALL,
    beside: { body: chat(900 * KIB), connections: 2 },
  },
  ...[1, 50].map((connections) => ({
    name: `first text, a piece every 5 ms, ${connections} at once`,
    body: streaming,
    connections,
    upstream: { delayMs: 0, pieces: 20, intervalMs: 5 },
    targets: ALL,
  })),
];

function fiveFindings(benign: string, body: BodyShape, connections: number): Scenario {
  const name = `${benign}, five findings`;
  return { name, benign, body: planted(body), connections, upstream: AT_ONCE, targets: PROXIES };
}
