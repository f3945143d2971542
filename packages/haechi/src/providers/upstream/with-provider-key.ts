import type { Upstream, UpstreamRequest } from "../../ports/upstream.ts";
import type { ProviderKey } from "./provider-key.ts";

export interface ProviderCredential {
  /** Lower-case. */
  readonly header: string;
  readonly key: ProviderKey;
}

/**
 * An upstream that is sent the gateway's own key with every request. The key is put on here, behind everything that
 * inspects, records or logs a request, so that none of it ever sees the key.
 */
export function withProviderKey(upstream: Upstream, { header, key }: ProviderCredential): Upstream {
  const scheme = header === "authorization" ? "Bearer " : "";
  const keyed = (request: UpstreamRequest) => ({ ...request, headers: [...request.headers, header, scheme + key()] });
  const { probe } = upstream;
  return {
    async send(request, receipt, signal) {
      return await upstream.send(keyed(request), receipt, signal);
    },
    ...(probe === undefined ? {} : { probe: async (request, signal) => await probe(keyed(request), signal) }),
    close: () => upstream.close(),
  };
}
