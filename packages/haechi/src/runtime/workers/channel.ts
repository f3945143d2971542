import { HaechiError, type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";

/** One end of the pipe between a worker process and its supervisor. */
export interface Pipe {
  send(message: object, sent: (error: Error | null) => void): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
}

/** What one side may ask of the other, by name. */
export type Questions = Readonly<Record<string, { readonly asks: unknown; readonly answer: unknown }>>;

export type Answers<Asked extends Questions> = {
  readonly [Name in keyof Asked]: (asks: Asked[Name]["asks"]) => Asked[Name]["answer"] | Promise<Asked[Name]["answer"]>;
};

/** Asks the other side; what it does not answer in time, or was thrown there, rejects. */
export type Ask<Asking extends Questions> = <Name extends keyof Asking & string>(
  name: Name,
  asks: Asking[Name]["asks"],
  timeoutMs: number,
) => Promise<Asking[Name]["answer"]>;

/** The other side is gone, or does not answer. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
  readonly isClosed: boolean;
  /** It may have heard the question, and done what it asks. */
  readonly wasSent: boolean;

  constructor(message: string, { isClosed, wasSent }: { readonly isClosed: boolean; readonly wasSent: boolean }) {
    super(message);
    this.isClosed = isClosed;
    this.wasSent = wasSent;
  }
}

/** Lets both sides of a pipe ask each other. Of what goes wrong while answering only our own messages cross it. */
export function openChannel<Asking extends Questions, Asked extends Questions>(
  pipe: Pipe,
  answers: Answers<Asked>,
): Ask<Asking> {
  const waiting = new Map<number, Waiting>();
  let latest = 0;
  let isClosed = false;

  pipe.on("message", (message) => {
    const { kind, id, name, content } = message as Message;
    if (kind === "question") void answer(id, name, content);
    else {
      const asker = waiting.get(id);
      waiting.delete(id);
      if (kind === "answer") asker?.resolve(content);
      else asker?.reject(errorOf(content as Failure));
    }
  });
  pipe.on("disconnect", () => {
    isClosed = true;
    for (const { reject } of waiting.values()) reject(closed(true));
    waiting.clear();
  });

  return (name, asks, timeoutMs) =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(closed(false));
      const id = ++latest;
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new ChannelError(`no answer to ${name}`, { isClosed: false, wasSent: true }));
      }, timeoutMs);
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer);
          settle(value);
        };
      // The table of questions says what an answer is.
      waiting.set(id, { resolve: settled(resolve as (value: unknown) => void), reject: settled(reject) });
      tell({ kind: "question", id, name, content: asks });
    });

  async function answer(id: number, name: string, asks: unknown): Promise<void> {
    try {
      // Both sides are of one build.
      tell({ kind: "answer", id, name, content: await answers[name as keyof Asked]!(asks) });
    } catch (error) {
      tell({ kind: "failure", id, name, content: failureOf(error) });
    }
  }

  function tell(message: Message): void {
    if (isClosed) return;
    // Whoever waits for an answer hears that the pipe is closed, or waits no longer than it said.
    pipe.send(message, () => {});
  }
}

interface Message {
  readonly kind: "question" | "answer" | "failure";
  readonly id: number;
  readonly name: string;
  readonly content: unknown;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

interface Failure {
  /** Null for an error that is not ours, whose text may quote anything. */
  readonly code: HaechiErrorCode | null;
  readonly text: string;
  readonly reason: string;
}

function failureOf(error: unknown): Failure {
  if (isHaechiError(error)) return { code: error.code, text: error.message, reason: error.reason };
  return { code: null, text: error instanceof Error ? error.name : typeof error, reason: "" };
}

function errorOf({ code, text, reason }: Failure): Error {
  if (code !== null) return new HaechiError(code, text, { reason });
  return new ChannelError(text, { isClosed: false, wasSent: true });
}

function closed(wasSent: boolean): ChannelError {
  return new ChannelError("the other process is gone", { isClosed: true, wasSent });
}
