import { HaechiError } from "../../core/errors.ts";
import { isLoopbackHost } from "../../core/net/address-class.ts";

export interface BindRequest {
  readonly host: string;
  /** Said on the command line; a configuration file alone cannot open the gateway to a network. */
  readonly allowsRemoteBind: boolean;
  readonly servesTls: boolean;
  /** The operator states that a trusted hop in front terminates TLS. */
  readonly trustsForwardedProto: boolean;
}

export interface BindDecision {
  /** Every request must say that it reached the trusted hop over HTTPS. */
  readonly requiresForwardedProto: boolean;
}

/**
 * Decides whether the gateway may listen where it was told to: beyond this machine only
 * when that was asked for twice and the way to it is encrypted.
 * @throws HaechiError BIND_REFUSED
 */
export function decideBind({ host, allowsRemoteBind, servesTls, trustsForwardedProto }: BindRequest): BindDecision {
  if (isLoopbackHost(host)) return { requiresForwardedProto: false };
  if (!allowsRemoteBind) {
    throw new HaechiError("BIND_REFUSED", "proxy.host is not a loopback address; --allow-remote-bind must say so too");
  }
  if (!servesTls && !trustsForwardedProto) {
    throw new HaechiError(
      "BIND_REFUSED",
      "A remote bind needs proxy.tls, or proxy.trustForwardedProto behind a TLS proxy",
    );
  }
  return { requiresForwardedProto: !servesTls };
}
