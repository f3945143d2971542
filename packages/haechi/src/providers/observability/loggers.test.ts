import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Logger } from "../../ports/logger.ts";
import { createJsonLogger, type LogOutput } from "./json-logger.ts";
import { createTextLogger } from "./text-logger.ts";

describe("json logger", () => {
  it("writes one object a line, information apart from warnings and errors", () => {
    const { out, err } = logWith((outputs) => createJsonLogger(() => 0, outputs));
    assert.deepEqual(
      out.map((line) => JSON.parse(line)),
      [{ port: 1, level: "info", event: "proxy_listening", timestamp: "1970-01-01T00:00:00.000Z" }],
    );
    assert.deepEqual(
      err.map((line) => JSON.parse(line)).map(({ level, event }) => `${level} ${event}`),
      ["warn non_enforce_mode", "error proxy_internal_error"],
    );
    assert.ok([...out, ...err].every((line) => line.indexOf("\n") === line.length - 1));
  });

  it("does not let a field stand in for the level or the event", () => {
    const lines: string[] = [];
    const output = { write: (text: string) => lines.push(text) };
    createJsonLogger(() => 0, { out: output, err: output }).error("real", { event: "fake", level: "info" });
    assert.deepEqual(JSON.parse(lines[0]!), {
      event: "real",
      level: "error",
      timestamp: "1970-01-01T00:00:00.000Z",
    });
  });
});

describe("text logger", () => {
  it("tells the start in three lines", () => {
    const lines: string[] = [];
    const output = { write: (text: string) => lines.push(text) };
    const fields = { scheme: "http", host: "::1", port: 11016, upstream: "http://127.0.0.1:1/", mode: "enforce" };
    createTextLogger({ out: output, err: output }).info("proxy_listening", fields);
    assert.deepEqual(lines, [
      "Haechi is listening on http://[::1]:11016\n",
      "upstream: http://127.0.0.1:1/\n",
      "mode: enforce\n",
    ]);
  });

  it("writes warnings and errors to the other output, an unknown event with its fields on one line", () => {
    const { err } = logWith(createTextLogger);
    assert.equal(err[0], "warning: mode is dry-run: findings are recorded and nothing is changed or blocked\n");
    assert.equal(err[1], 'error: proxy_internal_error correlationId="a\\nb" statusCode=500\n');
  });
});

function logWith(create: (outputs: { out: LogOutput; err: LogOutput }) => Logger) {
  const out: string[] = [];
  const err: string[] = [];
  const logger = create({ out: { write: (text) => out.push(text) }, err: { write: (text) => err.push(text) } });
  logger.info("proxy_listening", { port: 1 });
  logger.warn("non_enforce_mode", { mode: "dry-run" });
  logger.error("proxy_internal_error", { correlationId: "a\nb", statusCode: 500, absent: undefined });
  return { out, err };
}
