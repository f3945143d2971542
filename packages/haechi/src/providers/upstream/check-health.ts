import { HaechiError } from "../../core/errors.ts";
import type { Upstream, UpstreamRequest } from "../../ports/upstream.ts";

export interface HealthChecks {
  /** Origin-form, below the base path of each upstream. */
  readonly path: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/**
 * Asks each upstream again and again whether it can serve: any answer below 500 says so, because whether it likes
 * the request is another question. The returned function ends that.
 * @param onResult gets null or the error
 */
export function checkHealth<Member extends { readonly upstream: Upstream }>(
  members: readonly Member[],
  { path, intervalMs, timeoutMs }: HealthChecks,
  onResult: (member: Member, error: unknown) => void,
): () => void {
  const request: UpstreamRequest = { method: "GET", path, headers: ["accept", "*/*"], body: null };
  const ended = new AbortController();
  const check = async (member: Member, probe: NonNullable<Upstream["probe"]>): Promise<void> => {
    try {
      const { status, body } = await probe(request, AbortSignal.any([ended.signal, AbortSignal.timeout(timeoutMs)]));
      body.cancel();
      if (status >= 500)
        throw new HaechiError("UPSTREAM_UNREACHABLE", `Status ${status}`, { reason: `status:${status}` });
      onResult(member, null);
    } catch (error) {
      if (!ended.signal.aborted) onResult(member, error);
    }
  };
  const stops = members.flatMap((member) => {
    const { probe } = member.upstream;
    if (probe === undefined) return [];
    let isAsking = false;
    const ask = () => {
      if (isAsking) return;
      isAsking = true;
      void check(member, probe).finally(() => {
        isAsking = false;
      });
    };
    ask();
    const timer = setInterval(ask, intervalMs).unref();
    return [() => clearInterval(timer)];
  });
  return () => {
    for (const stop of stops) stop();
    ended.abort();
  };
}
