import type { Upstream, UpstreamBody, UpstreamRequest } from "../../src/ports/upstream.ts";

/** What the next request is answered with: the pieces arrive exactly as they stand here. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers: readonly string[];
  readonly pieces: readonly Uint8Array[];
  /** Thrown after the pieces, as by a connection that breaks. */
  readonly failure?: Error;
}

/** An upstream without a network, so that a test decides where its bytes are cut. */
export interface ScriptedUpstream extends Upstream {
  answerWith(answer: ScriptedAnswer): void;
  readonly requests: readonly UpstreamRequest[];
  /** Pieces of the current answer that were taken. */
  readonly taken: number;
  readonly cancelled: boolean;
}

export function scriptedUpstream(): ScriptedUpstream {
  const requests: UpstreamRequest[] = [];
  let answer: ScriptedAnswer = { headers: [], pieces: [] };
  let taken = 0;
  let cancelled = false;

  const body: UpstreamBody = {
    async collect() {
      taken = answer.pieces.length;
      return Buffer.concat(answer.pieces);
    },
    async eachChunk(onChunk) {
      for (const piece of answer.pieces) {
        taken += 1;
        await onChunk(piece);
      }
      if (answer.failure !== undefined) throw answer.failure;
    },
    cancel() {
      cancelled = true;
    },
  };
  return {
    requests,
    get taken() {
      return taken;
    },
    get cancelled() {
      return cancelled;
    },
    answerWith(next) {
      answer = next;
      taken = 0;
      cancelled = false;
    },
    async send(request) {
      requests.push(request);
      return { status: answer.status ?? 200, headers: answer.headers, body };
    },
    async close() {},
  };
}
