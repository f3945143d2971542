import type { EntryView } from "./entry-view.ts";

/** What entries must have; all of it, where several things are given. */
export interface EntryConditions {
  /** The beginning of an ISO 8601 time, UTC: entries of that moment and later. */
  readonly since?: string;
  /** Entries before that moment. */
  readonly until?: string;
  /** A finding of this type. */
  readonly type?: string;
  /** A finding with this action. */
  readonly action?: string;
  readonly decision?: string;
  readonly profile?: string;
  readonly route?: string;
  /** UUID of an exchange, which all its entries have. */
  readonly exchange?: string;
  readonly identity?: string;
  readonly isBlocked?: boolean;
}

/** True for a text that `since` and `until` may be: a day, or a day and a time. */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z?)?$/.test(text);
}

export function meets(entry: EntryView, conditions: EntryConditions): boolean {
  const { since, until, type, action, decision, profile, route, exchange, identity, isBlocked } = conditions;
  return (
    // All times of a log are of one form, so they stand in the order of their texts.
    (since === undefined || entry.timestamp >= withoutZone(since)) &&
    (until === undefined || entry.timestamp < withoutZone(until)) &&
    (type === undefined || entry.byType.has(type)) &&
    (action === undefined || entry.byAction.has(action)) &&
    (decision === undefined || entry.decision === decision) &&
    (profile === undefined || entry.profile === profile) &&
    (route === undefined || entry.routeId === route) &&
    (exchange === undefined || entry.correlationId === exchange) &&
    (identity === undefined || entry.identityId === identity) &&
    (isBlocked !== true || entry.blocked)
  );
}

/** The same moment without its `Z`. */
export function withoutZone(moment: string): string {
  return moment.replace(/Z$/, "");
}
