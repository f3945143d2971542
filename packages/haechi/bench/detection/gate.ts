import { type Scoreboard, share } from "./score.ts";

/** The figures of an earlier run, below which no later one may fall. */
export interface Baseline {
  /** Wrong alarms per million characters, and the digest of the texts in which they were counted. */
  readonly alarms: { readonly falsePerMb: number; readonly digest: string };
  readonly types: Readonly<Record<string, { readonly recall: number; readonly precision: number }>>;
}

export function baselineOf(board: Scoreboard, wrong: number, megabytes: number, digest: string): Baseline {
  return {
    alarms: { falsePerMb: share(wrong, Math.max(megabytes, Number.MIN_VALUE)), digest },
    types: Object.fromEntries(board.types().map(({ type, recall, precision }) => [type, { recall, precision }])),
  };
}

export interface Verdict {
  /** What fell below the baseline; empty when the gate is open. */
  readonly worse: readonly string[];
  /** What cannot be compared. */
  readonly remarks: readonly string[];
}

/** A type that the baseline does not know is reported and fails nothing; so are alarms in other texts. */
export function compare(now: Baseline, before: Baseline): Verdict {
  const worse: string[] = [];
  const remarks: string[] = [];
  for (const [type, figures] of Object.entries(now.types)) {
    const known = before.types[type];
    if (known === undefined) remarks.push(`${type}: not in the baseline yet`);
    else
      for (const measure of ["recall", "precision"] as const)
        if (figures[measure] < known[measure])
          worse.push(`${type}: ${measure} ${figures[measure]}, was ${known[measure]}`);
  }
  if (now.alarms.digest !== before.alarms.digest)
    remarks.push("alarms: the benign texts are others than in the baseline");
  else if (now.alarms.falsePerMb > before.alarms.falsePerMb)
    worse.push(`false alarms per MB: ${now.alarms.falsePerMb}, was ${before.alarms.falsePerMb}`);
  return { worse, remarks };
}
