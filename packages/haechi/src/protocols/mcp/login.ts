import { type JsonDocument, STRING_LEAF } from "../../core/document/json-document.ts";
import { memberKeys, ROOT } from "../../core/document/member.ts";
import type { Route } from "../protocol.ts";

/**
 * Where a server has its login that says in no metadata where that is (revision 2025-03-26, Authorization, Fallbacks for
 * Servers without Metadata Discovery).
 */
export const LOGIN_ROUTES: readonly Route[] = ["authorize", "token", "register"].map((name) => ({
  id: `login-${name}`,
  path: `/${name}`,
  stream: null,
}));

/** What a client posts to such a route: a form of OAuth, or what it says of itself; null for the one that a person sees. */
export const LOGIN_BODIES: Readonly<Record<string, "form" | "json" | null>> = {
  "login-authorize": null,
  "login-token": "form",
  "login-register": "json",
};

/** Members of OAuth that are credentials (RFC 6749, RFC 7591, RFC 7636), which are for the other side as they are. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  "access_token",
  "assertion",
  "client_assertion",
  "client_id",
  "client_secret",
  "code",
  "code_verifier",
  "id_token",
  "password",
  "refresh_token",
  "registration_access_token",
]);

export function isLoginCredential(name: string): boolean {
  return CREDENTIALS.has(name);
}

/** The leaves of a document that are credentials: strings right under its root. */
export function credentialLeaves(document: JsonDocument): readonly number[] {
  const { leaves } = document;
  return [...CREDENTIALS]
    .flatMap((name) => memberKeys(document, ROOT, name))
    .map((key) => key + 1)
    .filter((value) => leaves.kind[value] === STRING_LEAF && leaves.slot[value] === value - 1);
}
