/** How long something has to be left alone before it counts as idle. */
const PAUSE_MS = 50;

/** Runs the steps one by one, each when nobody is being served: a client that waits comes first. Keeps no process alive. */
export function runWhenIdle(steps: readonly (() => void)[], { isIdle }: { isIdle(): boolean }): void {
  const waiting = [...steps];
  const later = () => {
    setTimeout(() => {
      if (isIdle()) waiting.shift()?.();
      if (waiting.length > 0) later();
    }, PAUSE_MS).unref();
  };
  later();
}
