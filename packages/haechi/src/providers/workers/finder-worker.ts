import { Worker } from "node:worker_threads";
import type { Finding } from "../../core/detect/finding.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { HaechiError } from "../../core/errors.ts";
import { type FindingColumns, fromColumns } from "./finding-columns.ts";
import type { FindQuestion } from "./messages.ts";

/** A document to be looked into. */
export interface Job {
  readonly document: JsonDocument;
  readonly options: Omit<FindQuestion, "document">;
  /** Called once. */
  readonly settle: (answer: readonly Finding[] | HaechiError) => void;
}

/** What the pool wants to know of a worker. */
interface Listener {
  readonly onIdle: () => void;
  readonly onEnd: () => void;
}

/** One worker thread with at most one job. */
export class FinderWorker {
  readonly #thread: Worker;
  readonly #listener: Listener;
  #job: Job | null = null;
  #limit: NodeJS.Timeout | null = null;
  #reason = "scan_worker_failed";
  #ended = false;

  constructor(program: URL, workerData: unknown, listener: Listener) {
    this.#listener = listener;
    // It needs nothing of the environment, which holds secrets, and flags are for the main program.
    this.#thread = new Worker(program, { name: "haechi-finder", workerData, env: {}, execArgv: [] });
    this.#thread.unref();
    this.#thread.on("message", (columns: FindingColumns) => this.#answer(columns));
    this.#thread.on("messageerror", () => this.#end());
    // Its message may quote what was scanned, so nobody reads it.
    this.#thread.on("error", () => this.#end());
    this.#thread.on("exit", () => this.#end());
  }

  get isBusy(): boolean {
    return this.#job !== null;
  }

  /** To be called of a worker that is not busy. */
  take(job: Job): void {
    const { document, options } = job;
    this.#job = job;
    this.#thread.ref();
    const limitMs = LIMIT_MS + document.bytes.length / BYTES_PER_MS_MIN;
    this.#limit = setTimeout(() => void this.terminate("scan_worker_timeout"), limitMs);
    // All is copied and nothing moved: once memory has been taken from a thread, V8 asks at every look at
    // any array of that thread whether it is still there. The tables go along, as leaves may have been
    // left out of them.
    const { format, leaves, containers } = document;
    const question: FindQuestion = {
      document: { bytes: alone(document.bytes), format, leaves, containers },
      ...options,
    };
    this.#thread.postMessage(question);
  }

  /** Ends the thread; a job that it has is answered with the reason. */
  async terminate(reason: string): Promise<void> {
    this.#reason = reason;
    this.#end();
    await this.#thread.terminate();
  }

  #answer(columns: FindingColumns): void {
    const job = this.#release();
    this.#thread.unref();
    job?.settle(fromColumns(columns));
    if (!this.#ended) this.#listener.onIdle();
  }

  /** After an error comes an exit; the first of them counts. */
  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const job = this.#release();
    this.#listener.onEnd();
    job?.settle(unavailable(this.#reason));
  }

  #release(): Job | null {
    const job = this.#job;
    this.#job = null;
    if (this.#limit !== null) clearTimeout(this.#limit);
    this.#limit = null;
    return job;
  }
}

/** The bytes in memory that holds nothing else, all of which would be copied along. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

// A worker that starts on a busy machine takes seconds; the slowest text that is known is
// scanned at 3,000 bytes a millisecond.
const LIMIT_MS = 20_000;
const BYTES_PER_MS_MIN = 50;

/** A document that was not looked into; what it holds and what failed on it is in no message. */
export function unavailable(reason: string): HaechiError {
  return new HaechiError("DETECTOR_UNAVAILABLE", "A large document could not be scanned", { reason });
}
