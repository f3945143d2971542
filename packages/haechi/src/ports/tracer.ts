/** Traces of exchanges: when what happened. */
export interface Tracer {
  /**
   * Begins the trace of an exchange.
   * @param parent `traceparent` as it came from the client, null for a trace of its own; one that is malformed counts as none
   */
  begin(name: string, parent: string | null, attributes: TraceAttributes): Trace;
  /** Hands over what has ended, as far as that is possible in short time. Never rejects. */
  close(): Promise<void>;
}

/** One exchange. */
export interface Trace extends TraceSpan {
  /** Begins a step of the exchange. Steps may overlap; those that are not over end with the exchange. */
  step(name: TraceStep, attributes?: TraceAttributes): TraceSpan;
}

/** Something that takes time. */
export interface TraceSpan {
  /** What tells the next hop that it is a part of this (W3C Trace Context §3.2). */
  readonly traceparent: string;
  /** Only the first call counts. With `error.type` it has failed. */
  end(attributes?: TraceAttributes): void;
}

export type TraceStep = "inspect" | "record" | "upstream";

/** Values are counts, identifiers that the gateway made up, and words of its own tables; they never carry text from outside. */
export type TraceAttributes = Readonly<Partial<Record<TraceAttribute, string | number | boolean>>>;

/** Names of the semantic conventions of OpenTelemetry where they have one. */
export type TraceAttribute =
  | "error.type"
  | "gen_ai.operation.name"
  | "gen_ai.provider.name"
  | "haechi.blocked"
  | "haechi.decision"
  | "haechi.direction"
  | "haechi.exchange.id"
  | "haechi.findings"
  | "haechi.mode"
  | "haechi.route"
  | "haechi.upstream"
  | "haechi.upstream.time_to_headers"
  | "http.request.body.size"
  | "http.request.method"
  | "http.response.body.size"
  | "http.response.status_code"
  | "http.route"
  | "network.protocol.version"
  | "url.scheme";
