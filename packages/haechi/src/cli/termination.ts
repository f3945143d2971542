import { constants } from "node:os";

/** Why a process that serves ends. */
export type Ending =
  | { readonly kind: "signal"; readonly signal: NodeJS.Signals }
  | { readonly kind: "failure"; readonly errorName: string };

/** The part of the process that says when to end. */
export type EndableProcess = Pick<NodeJS.Process, "on" | "off" | "exit">;

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Resolves with the first signal to end, or the first failure that nobody handled.
 * A second signal means at once: it ends the process there and then.
 */
export function termination(target: EndableProcess): Promise<Ending> {
  return new Promise((resolve) => {
    let isEnding = false;
    const end = (ending: Ending) => {
      isEnding = true;
      resolve(ending);
    };
    for (const signal of SIGNALS) {
      target.on(signal, () => {
        // POSIX: a process that a signal ends reports 128 and its number.
        if (isEnding) target.exit(128 + constants.signals[signal]);
        end({ kind: "signal", signal });
      });
    }
    onUnhandledFailure(target, (errorName) => end({ kind: "failure", errorName }));
  });
}

/**
 * Calls back with the class of each error that nobody handled. It is a state that nobody foresaw: take no more work and
 * let a supervisor start anew.
 */
export function onUnhandledFailure(target: Pick<EndableProcess, "on">, failed: (errorName: string) => void): void {
  const fail = (error: unknown) => failed(error instanceof Error ? error.name : typeof error);
  target.on("unhandledRejection", fail);
  target.on("uncaughtException", fail);
}
