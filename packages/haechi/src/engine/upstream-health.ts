export interface HealthRules {
  /** Failures in a row after which an upstream is given time. */
  readonly failuresMax: number;
  readonly coolDownMs: number;
}

/** Whether an upstream is to be asked, told from how it answered. */
export interface UpstreamHealth {
  /** It has not failed too often in a row, or the time it was given is over. */
  isAvailable(nowMs: number): boolean;
  /** It answers, as far as anybody knows. */
  readonly isHealthy: boolean;
  /** Says that it is being asked. Of an upstream that failed, one request finds out whether it is back. */
  asked(nowMs: number): void;
  /** @returns true when it was unhealthy */
  succeeded(): boolean;
  /** @returns true when it became unhealthy */
  failed(nowMs: number): boolean;
}

/** An upstream that nobody has asked yet, and that is taken to be well. */
export function createUpstreamHealth({ failuresMax, coolDownMs }: HealthRules): UpstreamHealth {
  let failuresInARow = 0;
  let coolsUntil = 0;
  const isHealthy = () => failuresInARow < failuresMax;
  return {
    isAvailable: (nowMs) => isHealthy() || nowMs >= coolsUntil,
    get isHealthy() {
      return isHealthy();
    },
    asked(nowMs) {
      if (!isHealthy()) coolsUntil = nowMs + coolDownMs;
    },
    succeeded() {
      const wasUnhealthy = !isHealthy();
      failuresInARow = 0;
      return wasUnhealthy;
    },
    failed(nowMs) {
      const wasHealthy = isHealthy();
      failuresInARow = Math.min(failuresInARow + 1, failuresMax);
      if (!isHealthy()) coolsUntil = nowMs + coolDownMs;
      return wasHealthy && !isHealthy();
    },
  };
}
