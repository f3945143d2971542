export { checkIdentity } from "../core/identity/check-identity.ts";
export type { Identity } from "../core/identity/identity.ts";
export { validateLabels } from "../core/identity/labels.ts";
export type { AuthenticationRequest, Authenticator } from "../ports/authenticator.ts";
export { type BearerAuthenticatorOptions, createBearerAuthenticator } from "../providers/auth/bearer-authenticator.ts";
export {
  addToken,
  type BearerTokenMaker,
  listTokens,
  type MadeBearerToken,
  type NewBearerToken,
  type RotationOptions,
  revokeToken,
  rotateToken,
} from "../providers/auth/bearer-file.ts";
export type { BearerRecord, PreviousToken } from "../providers/auth/bearer-record.ts";
export { type ExternalSubject, externalIdentity } from "../providers/auth/external-identity.ts";
