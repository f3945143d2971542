// What the processes of the bench say to each other, over the channel of node:child_process.

/** The first message of a process that serves: it listens. */
export interface Listening {
  readonly url: string;
}

/** What a process has used since it started. */
export interface Usage {
  /** User and system time of all its threads. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

/** How the stub upstream answers until it is told otherwise. */
export interface UpstreamScript {
  readonly kind: "script";
  /** Wait before the head of the answer. */
  readonly delayMs: number;
  /** How many pieces the text of the answer has. */
  readonly pieces: number;
  /** Wait between two pieces of a stream, 0 for none; null answers with one JSON document. */
  readonly intervalMs: number | null;
  /** Texts whose arrival is counted. */
  readonly watched: readonly string[];
}

/** What reached the stub upstream since its last script. */
export interface Arrivals {
  readonly requests: number;
  /** Requests that held at least one watched text. */
  readonly withWatched: number;
  readonly lastBody: string;
}

/** A closed loop: so many connections, each with one request at a time. */
export interface LoadJob {
  readonly kind: "load";
  readonly url: string;
  readonly body: string;
  readonly connections: number;
  /** No request is sent after this. */
  readonly ms: number;
  /** Nor after so many. */
  readonly requestsMax: number;
  /** The text that every answer must carry, streamed or not. */
  readonly expectedText: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from the request until the whole answer is there. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds until the first characters of text; null for answers that are not streamed. */
  readonly firstText: number | null;
  /** What went wrong, each kind once. Anything here makes the figures void. */
  readonly faults: readonly string[];
}

export type Question = { readonly kind: "usage" } | { readonly kind: "arrivals" } | UpstreamScript | LoadJob;
