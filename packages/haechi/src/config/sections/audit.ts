import { key, section } from "../key.ts";
import { filePath, flag, integer, integerOrNull, oneOf } from "../value-kinds.ts";

export const audit = section("The tamper-evident record of every decision.", {
  sink: key("Form of the record: one JSON entry a line, each chained to the one before.", oneOf(["jsonl"]), "jsonl"),
  path: key("The audit log.", filePath, ".haechi/audit.jsonl"),
  anchor: section("Publication of the head of the chain, so that a rewritten log is noticed.", {
    mode: key("Where heads are published.", oneOf(["none", "file", "stdout"]), "none"),
    path: key(
      "The file for `mode: file`; keep it where the gateway cannot rewrite it.",
      filePath,
      ".haechi/audit.anchor.jsonl",
    ),
    everyRecords: key("A head is published every so many entries.", integer(1), 1),
  }),
  segments: section("When the gateway closes the open segment of the log and goes on in the next one.", {
    maxBytes: key(
      "An append that would make it longer goes to the next one; null for no limit.",
      integerOrNull(65_536),
      null,
    ),
    daily: key("The first entry of a day (UTC) goes to the next one.", flag, false),
  }),
  pseudonyms: section("Callers under pseudonyms, so that one of them can be forgotten without a change to the log.", {
    enabled: key("Whether entries name callers by a pseudonym, made with a random key for each of them.", flag, false),
    path: key("Where these keys are kept, apart from the log.", filePath, ".haechi/audit-pseudonyms.sqlite"),
  }),
});
