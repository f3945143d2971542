import { createHash, timingSafeEqual } from "node:crypto";
import { type HeaderList, headerValues } from "../headers/header-list.ts";

/** True when the request carries this token as its only credential, as `Authorization: Bearer …` (RFC 6750 §2.1). */
export function hasToken(headers: HeaderList, token: string): boolean {
  const credentials = headerValues(headers, "authorization");
  const given = /^bearer +(\S+) *$/i.exec(credentials[0] ?? "")?.[1];
  // Equal lengths, whatever was given: how long a comparison takes then tells nothing about the token.
  return credentials.length === 1 && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
