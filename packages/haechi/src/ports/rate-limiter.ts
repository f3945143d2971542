/** Decides whether a caller may go on. */
export interface RateLimiter {
  /** @param limit requests per minute for this key */
  allow(key: string, limit: number): boolean | Promise<boolean>;
}
