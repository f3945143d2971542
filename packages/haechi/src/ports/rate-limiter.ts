/** How much of something a caller may have. */
export interface Quota {
  readonly limit: number;
  /** Length of the time over which it is counted, in seconds. */
  readonly windowS: number;
}

/** How a caller stands after asking. */
export interface QuotaStanding {
  readonly isAllowed: boolean;
  /** What is left now. */
  readonly remaining: number;
  /** Seconds until there is more, or, after a refusal, until there is enough for what was asked. */
  readonly resetS: number;
}

/** Decides whether a caller may go on. What it says is awaited; what it does not say in time is a refusal. */
export interface RateLimiter {
  /** @param limit requests per minute for this key */
  allow(key: string, limit: number): boolean | Promise<boolean>;
  /**
   * Takes an amount out of a quota, all of it or nothing. In place of `allow` where it is there: clients are then told
   * how they stand, and budgets can be kept.
   */
  take?(key: string, quota: Quota, amount: number): QuotaStanding | Promise<QuotaStanding>;
}
