import type { Upstream } from "../../ports/upstream.ts";
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
  return {
    async send(request, receipt, signal) {
      const headers = [...request.headers, header, scheme + key()];
      return await upstream.send({ ...request, headers }, receipt, signal);
    },
    close: () => upstream.close(),
  };
}
