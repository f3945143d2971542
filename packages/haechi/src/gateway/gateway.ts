import type { Mode } from "../core/decide/mode.ts";
import type { AccessOptions } from "../engine/access.ts";
import type { Haechi } from "../engine/create-haechi.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Random } from "../ports/random.ts";
import type { Tracer } from "../ports/tracer.ts";
import type { Upstreams } from "../ports/upstream.ts";
import type { Protocol } from "../protocols/protocol.ts";
import type { HopRules } from "./headers/client-address.ts";
import type { UpstreamHeaderRules } from "./headers/to-upstream.ts";
import type { InFlight } from "./listen/in-flight.ts";
import type { McpRules } from "./mcp/mcp-rules.ts";

/** Everything an exchange needs, chosen once at start. */
export interface Gateway {
  readonly haechi: Haechi;
  readonly protocol: Protocol;
  /** Requests for paths that the protocol does not know are inspected whole, and served. */
  readonly servesUnknownRoutes: boolean;
  readonly upstreams: Upstreams;
  readonly access: AccessOptions;
  readonly audit: AuditSink;
  readonly metrics: Metrics;
  /** Null where traces are off. */
  readonly tracer: Tracer | null;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
  /** Effective mode of the request direction. */
  readonly mode: Mode;
  readonly requestBytesMax: number;
  readonly inFlight: InFlight;
  /** Who may say where a request came from. */
  readonly hops: HopRules;
  /** What a client that is turned away for now is told to wait, in seconds. */
  readonly retryAfterS: number;
  readonly headers: UpstreamHeaderRules;
  readonly responses: ResponseProtection;
  readonly streams: StreamProtection;
  /** Tokens issued in a request are put back into its response. */
  readonly restoresTokens: boolean;
  /** Also where they stand in addresses. */
  readonly restoresIntoUrls: boolean;
  /** For servers of the Model Context Protocol; null for those of models. */
  readonly mcp: McpRules | null;
}

export interface ResponseProtection {
  readonly enabled: boolean;
  readonly mode: Mode;
  /** What happens to a response that cannot be inspected. */
  readonly failureMode: "fail-closed" | "allow";
  readonly allowsNonJson: boolean;
  readonly allowsCompressed: boolean;
  readonly decodesCompressed: boolean;
  readonly bytesMax: number;
  readonly scanNumbers: boolean;
}

export interface StreamProtection {
  readonly requestMode: "block" | "pass-through" | "inspect";
  readonly mode: Mode;
  /** UTF-16 units of a growing text that may be held back. */
  readonly heldMax: number;
}
