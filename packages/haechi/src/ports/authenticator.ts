import type { Identity } from "../core/identity/identity.ts";

/** What of a request an authenticator may see. Header names are lower-case. */
export interface AuthenticationRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly remoteAddress: string | undefined;
}

/** Turns request credentials into an identity. Null, or a throw, denies. */
export interface Authenticator {
  /**
   * Lower-case name of the header that it reads, which then never goes upstream; `authorization` when left out.
   * With another one the client's Authorization is the provider's and is passed on.
   */
  readonly header?: string;
  authenticate(request: AuthenticationRequest): Promise<Identity | null>;
  /** Releases what it holds; called when the gateway that uses it closes. */
  close?(): Promise<void>;
}
