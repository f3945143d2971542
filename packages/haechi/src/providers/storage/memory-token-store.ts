import type { TokenRecord, TokenStore, TokenStoreView } from "../../ports/token-store.ts";

/** Vault tokens that live as long as their process: for tests, and for library use that keeps none. */
export function createMemoryTokenStore(): TokenStore {
  const records = new Map<string, TokenRecord>();
  return {
    async mutate(work) {
      // Null marks a record that `work` deleted.
      const changes = new Map<string, TokenRecord | null>();
      const result = work(viewOf(records, changes));
      for (const [id, record] of changes) {
        if (record === null) records.delete(id);
        else records.set(id, record);
      }
      return result;
    },
    read: async (work) => work(viewOf(records, new Map())),
    async close() {},
  };
}

function viewOf(records: ReadonlyMap<string, TokenRecord>, changes: Map<string, TokenRecord | null>): TokenStoreView {
  const view: TokenStoreView = {
    get(id) {
      const change = changes.get(id);
      return change === undefined ? records.get(id) : (change ?? undefined);
    },
    *entries(after) {
      const ids = [...new Set([...records.keys(), ...changes.keys()])];
      const wanted = after === undefined ? ids : ids.filter((id) => id > after).sort();
      for (const id of wanted) {
        const record = view.get(id);
        if (record !== undefined) yield [id, record];
      }
    },
    set: (id, record) => void changes.set(id, record),
    delete(id) {
      const isThere = view.get(id) !== undefined;
      if (isThere) changes.set(id, null);
      return isThere;
    },
    deleteExpired(now, limit = Number.POSITIVE_INFINITY) {
      let deleted = 0;
      for (const [id, { expiresAt }] of view.entries()) {
        if (deleted >= limit) break;
        if (expiresAt <= now && view.delete(id)) deleted++;
      }
      return deleted;
    },
  };
  return view;
}
