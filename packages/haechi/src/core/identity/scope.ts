// RFC 6749 §3.3: scope-token, of a bounded length.
const SCOPE = /^[!#-[\]-~]{1,128}$/;

/** What a scope may be, to go on with "expects" or "is not". */
export const SCOPE_FORM = "1 to 128 visible characters without spaces, quotes and backslashes";

/** Scopes that one identity may have. */
export const SCOPES_MAX = 64;

export function isScope(value: unknown): value is string {
  return typeof value === "string" && SCOPE.test(value);
}

export function isScopeList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= SCOPES_MAX && value.every(isScope);
}
