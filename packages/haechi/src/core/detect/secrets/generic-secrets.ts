/**
 * The rules that know a secret by the name it is given alone. What a rule for the form of
 * a vendor knows is no second value for them.
 */
export const GENERIC_SECRET_RULES: ReadonlySet<string> = new Set([
  "quoted-password",
  "quoted-secret",
  "assignment-secret",
  "assigned-key",
  "named-password",
  "account-and-password",
  "ai-and-data-service-key",
  "web-data-service-key",
  "place-and-market-data-key",
  "payment-and-shop-service-key",
  "customer-service-key",
  "team-service-key",
  "platform-service-key",
  "word-named-service-key",
]);

/** Bytes by which the span of such a rule may be wider than that of the key in it: a bracket, a mark, the end of a sentence. */
export const GENERIC_EXCESS_MAX = 4;
