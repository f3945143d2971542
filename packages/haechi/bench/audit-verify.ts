// How fast an audit log is verified, and in how much memory, when it is small and when it
// is large: `node packages/haechi/bench/audit-verify.ts [megabytes]`, a thousand when left out.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChainHead, sealEntry } from "../src/core/audit/entry-line.ts";
import { loggable } from "../src/core/audit/loggable.ts";
import { canonicalJson } from "../src/core/crypto/canonical-json.ts";
import { systemRandom } from "../src/providers/system/system-random.ts";
import { sampleEvent } from "./audit-event.ts";

const LARGE_MB = Number(process.argv[2] ?? 1000);
const SMALL_MB = 10;
const WRITTEN_AT_ONCE = 4_000;

const source = join(import.meta.dirname, "../src/cli/main.ts");
const standalone = join(import.meta.dirname, "../../../specs/verify/verify-audit.mjs");
/** Run in the process itself: kilobytes, and microseconds of processor time in all threads. */
const tellUsage = `process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(JSON.stringify([maxRSS, userCPUTime + systemCPUTime]));
})`;

const folder = fs.mkdtempSync(join(tmpdir(), "haechi-bench-"));
try {
  for (const megabytes of [SMALL_MB, LARGE_MB]) {
    const path = join(folder, "audit.jsonl");
    const config = join(folder, "haechi.config.json");
    const records = writeLog(path, megabytes * 1e6);
    fs.writeFileSync(config, JSON.stringify({ audit: { path }, keys: { keyFile: join(folder, "keys.json") } }));
    const { stdout } = run([source, "audit", "checkpoint", "--config", config]);
    const { verifierKey, checkpointsPath } = JSON.parse(stdout);
    console.log(`${megabytes} MB, ${records.toLocaleString("en")} records`);
    for (const [name, words] of Object.entries({
      "haechi audit-verify": [source, "audit-verify", "--audit", path],
      "with checkpoints": [
        ...[source, "audit-verify", "--audit", path, "--checkpoints", checkpointsPath],
        ...["--verifier-key", verifierKey],
      ],
      "specs/verify": [standalone, "log", path],
    })) {
      const { seconds, cpuSeconds, peakMb } = run(words);
      const speed = (time: number) => (fs.statSync(path).size / 1e6 / time).toFixed(0).padStart(4);
      console.log(
        `  ${name.padEnd(19)} ${speed(seconds)} MB/s, ${speed(cpuSeconds)} MB per CPU second, peak ${peakMb} MB`,
      );
    }
    fs.rmSync(path);
    fs.rmSync(checkpointsPath);
  }
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** One segment, sealed as the gateway seals it; nobody waits for the disk. Returns its number of records. */
function writeLog(path: string, bytes: number): number {
  const fd = fs.openSync(path, "wx", 0o600);
  let head: ChainHead | null = null;
  let records = 0;
  for (let written = 0; written < bytes; ) {
    let lines = "";
    for (let count = 0; count < WRITTEN_AT_ONCE; count++) {
      const entry = sealEntry(canonicalJson(loggable(sampleEvent(systemRandom))), head);
      head = entry.head;
      lines += `${entry.line}\n`;
    }
    records += WRITTEN_AT_ONCE;
    written += fs.writeSync(fd, lines);
  }
  fs.closeSync(fd);
  return records;
}

interface Run {
  readonly stdout: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

/** The whole process, its start included. */
function run(words: readonly string[]): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tellUsage)}`, ...words],
    { encoding: "utf8" },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${words[1]}: ${stderr}`);
  const [peakKb, cpuMicros] = JSON.parse(stderr.slice(stderr.lastIndexOf("[")));
  return { stdout, seconds, cpuSeconds: cpuMicros / 1e6, peakMb: Math.round((peakKb * 1024) / 1e6) };
}
