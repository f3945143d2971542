import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { enforces } from "../core/decide/mode.ts";
import { textDocument } from "../core/document/text-document.ts";
import type { MessageGuard } from "./message-guard.ts";

/** Takes text for a person to read. */
export interface ErrorOutput {
  write(text: string): unknown;
}

/**
 * Passes on what a server says on its standard error, with findings replaced and lines dropped that the policy
 * blocks. What a line ends with is seen together with what the next begins with, so that a value cannot pass in
 * two halves. A line waits for a moment until the next one is there. Never rejects.
 */
export async function filterErrors(input: Readable, output: ErrorOutput, guard: MessageGuard): Promise<void> {
  const decoder = new TextDecoder();
  const window = createErrorWindow(guard);
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const ending = new AbortController();
  let next = nextChunk(chunks);
  /** Runs while a whole line waits. */
  let timer: Promise<"time"> | null = null;
  for (;;) {
    if (timer === null && window.hasLine) timer = timeFrom(ending.signal);
    const arrived = timer === null ? await next : await Promise.race([next, timer]);
    if (arrived === "time") {
      timer = null;
      output.write(await window.take("lines"));
      continue;
    }
    if (arrived.done === true) break;
    window.add(decoder.decode(arrived.value, { stream: true }));
    next = nextChunk(chunks);
    output.write(await window.take("overflow"));
  }
  ending.abort();
  window.add(decoder.decode());
  output.write(await window.take("all"));
}

/** How long a line waits for the next. */
const HOLD_MS = 200;
/** Characters that wait; what is longer is taken for a line where it is. */
const WINDOW_LENGTH_MAX = 32_768;
/** How much of what has left is seen together with what follows. */
const BEFORE_LENGTH_MAX = 1_024;
/** Lines over which one value may go. */
const JOINED_LINES_MAX = 4;

/** A broken pipe has ended. */
function nextChunk(chunks: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  return chunks.next().catch(() => ({ done: true, value: undefined }));
}

function timeFrom(signal: AbortSignal): Promise<"time"> {
  return setTimeout(HOLD_MS, "time" as const, { signal }).catch(() => "time");
}

function createErrorWindow(guard: MessageGuard) {
  const { haechi } = guard;
  let held = "";
  /** The end of what has left. */
  let before = "";

  return {
    get hasLine() {
      return held.includes("\n");
    },
    add(text: string) {
      held += text;
    },
    /** What may leave now: whole lines, only what is too much, or everything. */
    async take(what: "lines" | "overflow" | "all"): Promise<string> {
      if (what === "overflow" && held.length < WINDOW_LENGTH_MAX) return "";
      const end = what === "all" ? held.length : endOfLines(held, what === "overflow");
      const text = held.slice(0, end);
      held = held.slice(end);
      if (text === "") return "";
      const safe = await protectLines(text);
      before = (before + text).slice(-BEFORE_LENGTH_MAX);
      return safe;
    },
  };

  async function protectLines(said: string): Promise<string> {
    const text = guard.session.restoredValues.hideIn(said);
    if (!haechi.findsAnything(text) && !haechi.findsAnything(joined(before + text))) return text;
    try {
      const whole = (await protectText(text)) ?? (await eachProtected(linesOf(text)));
      return enforces(guard.mode) ? await withoutSplitValues(linesOf(whole)) : text;
    } catch (error) {
      guard.logger.error("mcp_stderr_withheld", { errorName: error instanceof Error ? error.name : "unknown" });
      return "";
    }
  }

  /** Lines that say something together that none of them says alone become one line, and that is protected. */
  async function withoutSplitValues(lines: readonly string[]): Promise<string> {
    let safe = "";
    let from = 0;
    const left = joined(before);
    if (lines.length > 0 && saysMore(left, joined(lines[0]!))) {
      // What has left cannot be taken back; what would complete it does not follow it.
      await protectText(left + joined(lines[0]!));
      from = 1;
    }
    while (from < lines.length) {
      const count = linesOfOneValue(lines, from);
      if (count === 1) safe += lines[from]!;
      else safe += (await protectText(`${joined(lines.slice(from, from + count).join(""))}\n`)) ?? "";
      from += count;
    }
    return safe;
  }

  /** How many lines make up a value that begins in the first of them and ends in the last; 1 for none. */
  function linesOfOneValue(lines: readonly string[], from: number): number {
    for (let count = 2; count <= JOINED_LINES_MAX && from + count <= lines.length; count++) {
      const together = lines.slice(from, from + count).map(joined);
      const first = together.slice(0, -1).join("");
      const rest = together.slice(1).join("");
      if (saysMore(first, together.at(-1)!) && !haechi.findsAnything(rest)) return count;
    }
    return 1;
  }

  /** Two texts that hold nothing say something when one follows the other. */
  function saysMore(first: string, second: string): boolean {
    if (first === "" || !haechi.findsAnything(first + second)) return false;
    return !haechi.findsAnything(first) && !haechi.findsAnything(second);
  }

  async function eachProtected(lines: readonly string[]): Promise<string> {
    let safe = "";
    for (const line of lines) safe += (await protectText(line)) ?? "";
    return safe;
  }

  /** Null for a text that is blocked. */
  async function protectText(text: string): Promise<string | null> {
    const protection = await haechi.protect([{ place: "body", document: textDocument(utf8.encode(text)) }], {
      mode: guard.mode,
      policy: guard.policy,
      direction: "response",
      scanNumbers: true,
      protocol: guard.transport,
      operation: "stderr",
      identity: guard.identity,
      correlationId: null,
      restores: NOTHING_TO_RESTORE,
    });
    return protection.verdict === "blocked" ? null : fromUtf8.decode(protection.bytes[0]);
  }
}

/** Past the last line; where there is too much, the last whole line waits for the next. */
function endOfLines(text: string, isTooMuch: boolean): number {
  const last = text.lastIndexOf("\n");
  if (!isTooMuch) return last + 1;
  const secondLast = last <= 0 ? -1 : text.lastIndexOf("\n", last - 1);
  return secondLast === -1 ? text.length : secondLast + 1;
}

/** Each with its end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joined(text: string): string {
  return text.replaceAll(/\r?\n/g, "");
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const NOTHING_TO_RESTORE: ReadonlyMap<string, string> = new Map();
