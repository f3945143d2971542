export const ACTIONS = ["allow", "redact", "mask", "tokenize", "encrypt", "block"] as const;

/** What to do with a finding. */
export type Action = (typeof ACTIONS)[number];

/** Order of strength; actions of equal strength may replace each other. */
export const ACTION_STRENGTH: Readonly<Record<Action, number>> = {
  allow: 0,
  redact: 1,
  mask: 1,
  tokenize: 2,
  encrypt: 2,
  block: 3,
};
