import { isDigit } from "../../document/json-source.ts";
import { BEYOND_ASCII, EDGE } from "../patterns/code-set.ts";
import { STEPS } from "../patterns/pattern-nodes.ts";
import type { ScanTables } from "../rules/compile.ts";
import { NO_START } from "../rules/digit-rule.ts";
import type { LabelledDigits } from "../rules/labelled-digits.ts";
import type { LiteralAnchor } from "../rules/literal-anchor.ts";
import type { Rule } from "../rules/rule.ts";
import type { StartAutomaton } from "../tables/start-automaton.ts";
import type { Anchors } from "./anchors.ts";
import { LabelNames } from "./label-names.ts";
import { LabelPlaces } from "./label-places.ts";
import { areLoneNumbers } from "./lone-numbers.ts";
import { PlaceList } from "./place-list.ts";
import type { RuleTrials } from "./rule-trials.ts";

/**
 * Runs the rules that are anchored by digits over stretches of the same bytes. Around
 * digits, one automaton reads on for all rules that need no word near them; those that
 * need one are tried at the digits that it is near.
 */
export class DigitScan {
  readonly #trials: RuleTrials;
  #tables: ScanTables;
  readonly #anchors: Anchors<LiteralAnchor>;
  readonly #zones: PlaceList;
  /** Into the zones: the first that stands in the stretch or behind it. */
  #nextZone = 0;
  /** Where the words stand that labelled rules require, and which keys and headers hold them. */
  readonly #labels: LabelPlaces;
  /** Where matches of labelled rules may start in the stretch: the first and the last byte. */
  readonly #intervals = new PlaceList();
  /** True when `#labels` reads the bytes of the stretch. */
  #hasLabels = false;
  readonly #labelNames = new LabelNames();
  /** The labelled rules that have a word in the key over the stretch. */
  #byKey: ReadonlySet<Rule> | null = null;
  /** False when no word of the stretch stands in the header of a table; null while nobody has asked. */
  #hasHeaders: boolean | null = null;
  /** The headers of the last table that was asked for, and whether one of them names a rule. */
  #headers: readonly (string | null)[] = NO_HEADERS;
  #headersName = false;

  constructor(rules: number, trials: RuleTrials, tables: ScanTables, anchors: Anchors<LiteralAnchor>) {
    this.#trials = trials;
    this.#tables = tables;
    this.#anchors = anchors;
    this.#zones = anchors.digitZones;
    this.#labels = new LabelPlaces(rules);
  }

  /** The bytes of the stretches that follow are those of the trials; the anchors say where digits stand in them. */
  open(tables: ScanTables): void {
    this.#tables = tables;
    this.#nextZone = 0;
    this.#hasLabels = false;
  }

  /** Forgets the bytes. */
  close(): void {
    this.#labels.close();
    this.#labelNames.clear();
    this.#headers = NO_HEADERS;
    this.#headersName = false;
  }

  /** Scans the stretch that the trials have open. @param keyText of the JSON key over it */
  scan(keyText: () => string | null): void {
    const { start, end } = this.#trials;
    const { at, what, count } = this.#zones;
    let zone = this.#nextZone;
    while (zone < count && what[zone]! <= start) zone++;
    this.#nextZone = zone;
    if (zone === count || at[zone]! >= end) return;
    while (zone < count && at[zone]! < end && this.#isLone(zone)) zone++;
    if (zone === count || at[zone]! >= end) return;
    this.#scanFree(zone);
    if (this.#tables.labels !== null) this.#scanLabelled(zone, this.#tables.labels, keyText());
  }

  /** True when the digits of the zone are nothing that any rule matches. */
  #isLone(zone: number): boolean {
    const { at, what } = this.#zones;
    const trials = this.#trials;
    if (this.#tables.digits.mayBeLone) return false;
    return areLoneNumbers(trials, Math.max(at[zone]!, trials.start), Math.min(what[zone]!, trials.end));
  }

  /** False when no digit stands between the two places. */
  mayHoldDigit(from: number, to: number): boolean {
    const { at, what, count } = this.#zones;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (what[middle]! <= from) low = middle + 1;
      else high = middle;
    }
    return low < count && at[low]! < to;
  }

  /** Tries the rules that need no word, where the first characters of a match of theirs have been read. */
  #scanFree(first: number): void {
    const { rolling, starts, leadMax } = this.#tables.digits;
    const trials = this.#trials;
    const { bytes, start, end, escaped } = trials;
    const { at, what, count } = this.#zones;
    let tried = start;
    const tryUpTo = (past: number) => {
      trials.tryBetween(starts, Math.max(tried, trials.charactersBefore(past, STEPS)), past - 1);
      tried = past;
    };
    for (let zone = first; zone < count && at[zone]! < end; zone++) {
      if (zone > first && this.#isLone(zone)) continue;
      const from = Math.max(start, trials.charactersBefore(Math.max(start, at[zone]!), leadMax() + ALIGNED_AFTER));
      if (zone === first || rolling.at < from) rolling.begin(from, from === start ? EDGE : codeOf(bytes[from - 1]!));
      const to = Math.min(what[zone]!, end);
      const past = Math.min(to + trials.mostBytesTo(STEPS), end);
      while (rolling.at < to || (rolling.at < past && !rolling.isFresh)) {
        const next = rolling.at < to ? to : Math.min(rolling.at + STEPS_BEHIND, past);
        if (rolling.readTo(bytes, next, escaped)) tryUpTo(Math.min(rolling.at, end));
      }
    }
    if (rolling.at >= end && rolling.mayEnd) tryUpTo(end);
  }

  /** Tries the rules that have a word near, or in the key, or in the header of the column. */
  #scanLabelled(first: number, table: NonNullable<ScanTables["labels"]>, keyText: string | null): void {
    const { labelled } = this.#tables.digits;
    const trials = this.#trials;
    const { bytes, start, end } = trials;
    const { hasSecond, second } = this.#anchors;
    if (!this.#hasLabels) this.#labels.open(bytes, table(), this.#tables.direction, hasSecond ? second : null);
    this.#hasLabels = true;
    this.#hasHeaders = null;
    this.#byKey = this.#labelNames.rulesNamedBy(keyText, this.#tables);
    if (!this.#labels.read(start, end, labelled) && this.#byKey === null) return;
    this.#intervals.clear();
    this.#findIntervals(first, labelled);
    const { at, what, count } = this.#intervals;
    for (let one = 0; one < count; one++) {
      this.#labels.noteTo(what[one]! + trials.mostBytesTo(labelled.ahead));
      this.#tryLabelledBetween(labelled.starts, at[one]!, what[one]!);
    }
  }

  /** Where matches may start of rules that have a word near, or in the key, or in the header of the column. */
  #findIntervals(first: number, labelled: LabelledDigits): void {
    const trials = this.#trials;
    const { bytes, start, end } = trials;
    const { at, what, count } = this.#zones;
    const isEverywhere = this.#byKey !== null || this.#mayHaveHeaders();
    const behind = trials.leastBytesTo(-labelled.behind - Math.max(0, ...labelled.leadByRun));
    const ahead = trials.mostBytesTo(labelled.ahead);
    for (let zone = first; zone < count && at[zone]! < end; zone++) {
      const past = Math.min(what[zone]!, end);
      if (zone > first && this.#isLone(zone)) continue;
      if (!isEverywhere && !this.#labels.standBetween(at[zone]! + behind, past + ahead)) continue;
      for (let place = Math.max(at[zone]!, start); place < past; place++) {
        if (!isDigit(bytes[place]!)) continue;
        const run = place;
        while (place + 1 < end && isDigit(bytes[place + 1]!)) place++;
        const near = this.#labels.leadNear(run + behind, place + ahead, place + 1 - run);
        const lead = isEverywhere ? Math.max(near, this.#leadOfNamed(run, place, labelled)) : near;
        if (lead !== NO_START) this.#addInterval(Math.max(trials.charactersBefore(run, lead), start), place);
      }
    }
  }

  /** The lead of a run, when the key or the header of the column names a rule. */
  #leadOfNamed(run: number, last: number, { leadByRun }: LabelledDigits): number {
    const trials = this.#trials;
    const lead = leadByRun[Math.min(last + 1 - run, leadByRun.length - 1)]!;
    if (lead === NO_START || this.#byKey !== null) return lead;
    const from = Math.max(trials.charactersBefore(run, lead), trials.start);
    return this.#rulesNamedOver(from) !== null || this.#rulesNamedOver(last) !== null ? lead : NO_START;
  }

  /** Rules are tried at places that rise, so what overlaps becomes one. */
  #addInterval(from: number, last: number): void {
    const intervals = this.#intervals;
    let first = from;
    while (intervals.count > 0 && intervals.what[intervals.count - 1]! >= from) {
      first = Math.min(first, intervals.at[--intervals.count]!);
    }
    intervals.add(first, last);
  }

  #tryLabelledBetween(starts: StartAutomaton, from: number, to: number): void {
    const { bytes, start, end, escaped } = this.#trials;
    const last = Math.min(to, end - 1);
    for (let at = from; ; at++) {
      at = starts.nextStart(bytes, at, last, start, end, escaped);
      if (at > last) return;
      this.#tryLabelled(starts.rules, at);
    }
  }

  #tryLabelled(rules: readonly Rule[], at: number): void {
    const trials = this.#trials;
    const labels = this.#labels;
    const byKey = this.#byKey;
    const byHeader = this.#rulesNamedOver(at);
    for (const rule of rules) {
      const nearest = Math.max(trials.start, at + trials.leastBytesTo(-rule.context!.reach));
      const counts = labels.lastOf(rule.index) >= nearest || byKey?.has(rule) === true || byHeader?.has(rule) === true;
      if (counts) trials.tryRule(rule, at);
    }
  }

  /** A word in a header stands in the stretch too. */
  #mayHaveHeaders(): boolean {
    const trials = this.#trials;
    this.#hasHeaders ??= this.#labels.some((place) => trials.mayStandInHeader(Math.max(place, trials.start)));
    return this.#hasHeaders;
  }

  #rulesNamedOver(at: number): ReadonlySet<Rule> | null {
    if (!this.#mayHaveHeaders()) return null;
    const headers = this.#trials.headersOver(at);
    if (headers !== this.#headers) {
      this.#headers = headers;
      this.#headersName = headers.some((header) => this.#labelNames.rulesNamedBy(header, this.#tables) !== null);
    }
    return this.#headersName ? this.#labelNames.rulesNamedBy(this.#trials.headerAt(at), this.#tables) : null;
  }
}

// Behind the digits, few characters tell that no match goes on.
const STEPS_BEHIND = 4;

// One who begins to read within a character or an escape knows after that many where the next begins.
const ALIGNED_AFTER = 4;

const NO_HEADERS: readonly (string | null)[] = [];

function codeOf(byte: number): number {
  return Math.min(byte, BEYOND_ASCII);
}
