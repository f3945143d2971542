import type { AuditStore } from "../../ports/audit-store.ts";

/** An audit log that lives as long as its process: for tests, and for library use that keeps its own records. */
export interface MemoryAuditStore extends AuditStore {
  /** The stored lines, oldest first. */
  readonly lines: readonly string[];
}

/** @param initial lines of an earlier log to go on from */
export function createMemoryAuditStore(initial: readonly string[] = []): MemoryAuditStore {
  const lines = [...initial];
  return {
    lines,
    async open() {
      return { lastLine: lines.at(-1) ?? null, droppedBytes: 0 };
    },
    async append(added) {
      lines.push(...added);
    },
    async ready() {
      return { ok: true };
    },
    async close() {},
  };
}
