import fs from "node:fs/promises";
import type { Clock } from "../../ports/clock.ts";
import { whileLocked } from "./bearer-file.ts";
import { isRecord, isTime } from "./bearer-record.ts";

/** When tokens were last used: a hint for people who look for tokens that nobody needs. */
export interface BearerUsage {
  /** Notes a use; it is written down later, and never delays whoever used the token. */
  note(id: string): void;
  /** Writes down what was noted. */
  close(): Promise<void>;
}

/**
 * Keeps the last uses of the tokens of a store in a file beside it, so that a use does not change the store. Uses
 * are gathered for a minute; those of a process that is killed in it are lost, and what cannot be written is
 * tried again with the next uses.
 */
export function recordUsage(store: string, clock: Clock, gatherMs = GATHER_MS): BearerUsage {
  let noted = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const uses = noted;
    noted = new Map();
    if (uses.size === 0) return writing;
    writing = writing
      .then(() => addUses(store, uses))
      .catch(() => {
        for (const [id, time] of uses) if (!noted.has(id)) noted.set(id, time);
      });
    return writing;
  };

  return {
    note(id) {
      noted.set(id, clock.now());
      if (timer !== null) return;
      timer = setTimeout(write, gatherMs);
      timer.unref();
    },
    close: write,
  };
}

/** When each token of a store was last used, as far as it is known; ISO 8601 by id. */
export async function readUsage(store: string): Promise<ReadonlyMap<string, string>> {
  const text = await fs.readFile(usagePath(store), "utf8").catch(() => "{}");
  return new Map(usesIn(text));
}

const GATHER_MS = 60_000;

/** Several processes may serve one store: the later use counts. */
async function addUses(store: string, uses: ReadonlyMap<string, number>): Promise<void> {
  await whileLocked(store, async () => {
    const known = new Map(await readUsage(store));
    for (const [id, time] of uses) {
      const before = known.get(id);
      if (before === undefined || Date.parse(before) < time) known.set(id, new Date(time).toISOString());
    }
    const path = usagePath(store);
    const text = `${JSON.stringify({ version: 1, lastUsed: Object.fromEntries(known) }, null, 2)}\n`;
    // Not synchronised to the disk: what a power cut takes is a hint, and the next minute brings it again.
    await fs.writeFile(`${path}.tmp`, text, { mode: 0o600 });
    await fs.rename(`${path}.tmp`, path);
  });
}

function usagePath(store: string): string {
  return `${store}.used`;
}

/** A file that is something else says nothing; it is written anew with the next uses. */
function usesIn(text: string): readonly [id: string, time: string][] {
  try {
    const file: unknown = JSON.parse(text);
    const uses = isRecord(file) && isRecord(file.lastUsed) ? Object.entries(file.lastUsed) : [];
    return uses.filter((use): use is [string, string] => isTime(use[1]));
  } catch {
    return [];
  }
}
