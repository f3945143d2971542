import type { JsonDocument } from "../core/document/json-document.ts";

/**
 * One vendor's wire format as data: which routes there are, where growing text
 * stands in a stream, and how a stream says that it ends in an error. A protocol
 * varies the flow by values; it has no flow of its own.
 */
export interface Protocol {
  /** The `target.type` it answers to. */
  readonly id: string;
  /** Written as `protocol` into audit events. */
  readonly auditName: string;
  readonly routes: readonly Route[];
  /** Every model that any parser upstream could take from this request. */
  readonly requestedModels: (document: JsonDocument | null, path: string) => RequestedModels;
  /** Names of query parameters that carry the provider's credential and are forwarded unread. */
  readonly credentialParameters: readonly string[];
}

export interface RequestedModels {
  /** Models named as text. */
  readonly names: readonly string[];
  /** True when a model member is missing or is not text. */
  readonly incomplete: boolean;
}

export interface Route {
  /** Written into audit events and metric labels. */
  readonly id: string;
  /** Exact path, without query. */
  readonly path: string;
  /** Null for a route that never streams. */
  readonly stream: StreamFormat | null;
}

/** The route of a path that a protocol does not know: inspected whole, never streamed. */
export const UNKNOWN_ROUTE: Route = { id: "unknown", path: "", stream: null };

export interface StreamFormat {
  readonly framing: "sse";
  /** True when a request streams unless it says `stream: false`. */
  readonly byDefault: boolean;
  readonly channels: readonly ChannelPattern[];
  /** Data payloads that are controls, not content; they flush and pass as they are. */
  readonly controls: readonly string[];
  /** Paths whose string value says that the texts of their group have ended. */
  readonly ends: readonly StreamPath[];
  /** The frame that tells the client that the stream failed. */
  readonly errorFrame: (error: StreamError) => string;
}

/**
 * A path from the root of a frame: member names, and `*` for any array element.
 * An element is told apart by its own `index` member, or by its position.
 */
export type StreamPath = readonly string[];

/** Where a growing text stands. Each place, per element index, is a channel of its own. */
export interface ChannelPattern {
  readonly path: StreamPath;
  /** `json`: the text is itself JSON that arrives in pieces, such as tool arguments. */
  readonly content: "text" | "json";
}

export interface StreamError {
  /** A wire code such as `haechi_response_policy_block`. */
  readonly code: string;
  readonly message: string;
}
