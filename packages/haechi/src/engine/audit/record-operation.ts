import { decisionEvent } from "../../core/audit/build-event.ts";
import type { AuditDecision, AuditIdentity } from "../../core/audit/event.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Random } from "../../ports/random.ts";

/** Something that an operator does to what Haechi keeps. */
export interface Operation {
  readonly protocol: "keys" | "token-vault" | "auth" | "audit" | "config";
  readonly verb: OperationVerb;
  readonly decision: AuditDecision;
  /** Id of the key that is changed. */
  readonly kid?: string;
  /** Whose access is changed. */
  readonly identity?: AuditIdentity;
  /** Configuration keys whose values change. */
  readonly changedKeys?: readonly string[];
}

type OperationVerb =
  | "rotate"
  | "retire"
  | "destroy"
  | "wrap"
  | "unwrap"
  | "backup"
  | "restore"
  | "import"
  | "reseal"
  | "reload"
  | "add"
  | "revoke"
  | "look_up"
  | "forget";

/** What is recorded of how an operation ended. */
interface OperationOutcome {
  /** Over how many tokens it went. */
  readonly count?: number;
  /** Id of the key that seals from then on. */
  readonly newKid?: string;
  /** Whose access was changed, where that was not known before. */
  readonly identity?: AuditIdentity;
}

export interface OperationPorts {
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly random: Random;
}

/** Runs an operation that is recorded before it begins, and again with how it ended. */
export async function recordOperation<T>(
  { audit, clock, random }: OperationPorts,
  { protocol, verb, decision, kid, identity, changedKeys }: Operation,
  operate: () => Promise<T>,
  outcomeOf: (result: T) => OperationOutcome = () => ({}),
): Promise<T> {
  await record("started");
  let result: T;
  try {
    result = await operate();
  } catch (error) {
    await record("failed");
    throw error;
  }
  await record("done", outcomeOf(result));
  return result;

  async function record(state: "started" | "done" | "failed", outcome: OperationOutcome = {}): Promise<void> {
    const origin = {
      id: random.uuid(),
      timestamp: new Date(clock.now()).toISOString(),
      correlationId: null,
      protocol,
      operation: `${protocol}:${verb}`,
      identity: outcome.identity ?? identity ?? null,
      profile: null,
      mode: "n/a",
    } as const;
    const { count, newKid } = outcome;
    const about = {
      ...(kid === undefined ? undefined : { kid }),
      ...(changedKeys === undefined ? undefined : { changedKeys }),
      ...(count === undefined ? undefined : { count }),
      ...(newKid === undefined ? undefined : { newKid }),
    };
    await audit.record(decisionEvent(origin, { decision, reason: `${verb}_${state}`, ...about }));
  }
}
