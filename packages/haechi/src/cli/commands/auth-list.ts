import { listTokens } from "../../providers/auth/bearer-file.ts";
import { type ShownBearerRecord, shownRecord } from "../../providers/auth/bearer-record.ts";
import { readUsage } from "../../providers/auth/bearer-usage.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const authList: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["tokens"],
  exitCodes: [],
  examples: [{ line: "haechi auth list", purpose: "Which tokens there are, without what would let anybody use them." }],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const { store } = config.auth;
    const now = systemClock.now();
    const usage = await readUsage(store);
    const tokens = (await listTokens(store)).map((record) => ({
      ...shownRecord(record, now),
      lastUsedAt: usage.get(record.id) ?? null,
    }));
    return reported({ tokens }, ({ table }) =>
      tokens.length === 0 ? "There are no tokens." : table(COLUMNS, tokens.map(rowOf)),
    );
  },
};

const COLUMNS = ["id", "type", "scopes", "labels", "created", "state", "until", "last used"];

function rowOf(token: ShownBearerRecord & { readonly lastUsedAt: string | null }): string[] {
  const labels = Object.entries(token.labels).map(([key, value]) => `${key}=${value}`);
  return [
    token.id,
    token.type,
    token.scopes.join(" "),
    labels.join(" "),
    token.createdAt,
    token.state,
    token.expiresAt ?? "",
    token.lastUsedAt ?? "",
  ];
}
