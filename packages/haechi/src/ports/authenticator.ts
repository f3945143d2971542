import type { Identity } from "../core/identity/identity.ts";

/** What of a request an authenticator may see. Header names are lower-case. */
export interface AuthenticationRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly remoteAddress: string | undefined;
}

/** Turns request credentials into an identity. Null, or a throw, denies. */
export interface Authenticator {
  authenticate(request: AuthenticationRequest): Promise<Identity | null>;
}
