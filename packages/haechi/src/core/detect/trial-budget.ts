/**
 * How many patterns may be tried at places of a document, and how many have been. Ordinary
 * texts take few; what a text takes is bounded by this where its length does not bound it.
 * When it is used up no more are tried, so what has been found is not all there is: a
 * caller who sets a limit refuses a document that goes beyond it.
 */
export class TrialBudget {
  readonly max: number;
  #used = 0;

  constructor(max: number) {
    this.max = max;
  }

  /** Takes one trial; false when there is none left. */
  take(): boolean {
    if (this.#used >= this.max) {
      this.#used = this.max + 1;
      return false;
    }
    this.#used++;
    return true;
  }

  /** How many trials the document has taken. */
  get used(): number {
    return Math.min(this.#used, this.max);
  }

  /** True when a trial was refused. */
  get isExceeded(): boolean {
    return this.#used > this.max;
  }
}

/** A budget for those who set no limit. */
export function unlimitedTrials(): TrialBudget {
  return new TrialBudget(Number.POSITIVE_INFINITY);
}
