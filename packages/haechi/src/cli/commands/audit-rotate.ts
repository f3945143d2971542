import type { Config } from "../../config/schema.ts";
import type { ClosedSegment, SegmentOptions } from "../../engine/audit/audit-segments.ts";
import { closedSegmentPath } from "../../providers/storage/audit-segments.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { openAuditLog } from "../open-audit-log.ts";
import { configOption, integerOf, isGiven, reportOptions } from "../options.ts";
import { reported } from "../result.ts";

export const auditRotate: Command = {
  arguments: [],
  options: [
    {
      name: "max-bytes",
      value: "<bytes>",
      description: "Only when the open segment is longer than this.",
    },
    { name: "daily", description: "Only when the last entry is of an earlier day (UTC)." },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "auditPath", "closed"],
  exitCodes: [],
  examples: [
    { line: "haechi audit rotate", purpose: "Close the open segment; a gateway that runs goes on in the next one." },
    {
      line: "haechi audit rotate --max-bytes 268435456 --daily",
      purpose: "For a timer: close it when it is over 256 MiB, or of an earlier day.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const maxBytes = integerOf(given, "max-bytes", 1, Number.MAX_SAFE_INTEGER);
    const isDaily = isGiven(given, "daily");
    const isConditional = maxBytes !== undefined || isDaily;
    const closed = await rotate(
      config,
      { isDaily, ...(maxBytes === undefined ? {} : { maxBytes }) },
      isConditional ? "due" : "any",
    );
    const auditPath = config.audit.path;
    const members = closed && { ...closed, path: closedSegmentPath(auditPath, closed.number) };
    return reported({ ok: true, auditPath, closed: members }, ({ facts }) =>
      members === null
        ? "There is no segment to close."
        : facts([
            ["closed segment", members.path],
            ["entries", String(members.records)],
            ["head", members.headHash],
          ]),
    );
  },
};

async function rotate(
  config: Config,
  conditions: Omit<SegmentOptions, "store">,
  which: "any" | "due",
): Promise<ClosedSegment | null> {
  const log = openAuditLog(config, conditions);
  try {
    return await log.rotate(which);
  } finally {
    await log.close();
  }
}
