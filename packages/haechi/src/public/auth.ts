export type { Identity } from "../core/identity/identity.ts";
export { validateLabels } from "../core/identity/labels.ts";
export type { AuthenticationRequest, Authenticator } from "../ports/authenticator.ts";
export { type BearerAuthenticatorOptions, createBearerAuthenticator } from "../providers/auth/bearer-authenticator.ts";
export {
  addToken,
  type BearerRecord,
  type BearerTokenMaker,
  listTokens,
  type NewBearerToken,
  revokeToken,
} from "../providers/auth/bearer-file.ts";
