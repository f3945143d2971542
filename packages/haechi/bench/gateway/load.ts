// Makes load: so many connections, each with one request at a time, and every answer checked.
import { connect } from "node:net";
import { createAnswerCheck } from "./answer-check.ts";
import { placesToRenew, renew } from "./bodies.ts";
import { answerBench } from "./child-side.ts";
import type { LoadJob, LoadResult } from "./messages.ts";
import { createResponseReader } from "./response-reader.ts";

answerBench((question) => (question.kind === "load" ? run(question) : null));
process.send!("ready");

/** Over all jobs, so that what is to be new was not in an earlier one. */
let sentEver = 0;

async function run(job: LoadJob): Promise<LoadResult> {
  const tally: Tally = { sent: 0, latencies: [], firstTexts: [], faults: new Set() };
  const start = performance.now();
  await Promise.all(Array.from({ length: job.connections }, () => keepAsking(job, start + job.ms, tally)));
  const seconds = (performance.now() - start) / 1000;
  const latencies = tally.latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    firstText:
      tally.firstTexts.length === 0
        ? null
        : quantile(
            tally.firstTexts.sort((a, b) => a - b),
            0.5,
          ),
    faults: [...tally.faults],
  };
}

interface Tally {
  sent: number;
  readonly latencies: number[];
  readonly firstTexts: number[];
  readonly faults: Set<string>;
}

/** One connection, until the time or the number of requests is used up or something goes wrong. */
function keepAsking(job: LoadJob, deadline: number, tally: Tally): Promise<void> {
  const { hostname, port } = new URL(job.url);
  const request = requestBytes(job);
  const places = placesToRenew(request);
  const checkAnswer = createAnswerCheck(job.expectedText);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let sentAt = 0;
  let hasText = false;
  let parts: Buffer[] = [];

  const ask = () => {
    if (tally.sent >= job.requestsMax || performance.now() >= deadline) return socket.end();
    tally.sent++;
    parts = [];
    hasText = false;
    renew(request, places, sentEver++);
    sentAt = performance.now();
    socket.write(request);
  };
  const read = createResponseReader({
    onBody(part) {
      parts.push(part);
      if (hasText || !DELTA_WITH_TEXT.test(part.toString("latin1"))) return;
      hasText = true;
      tally.firstTexts.push(performance.now() - sentAt);
    },
    onEnd(status) {
      tally.latencies.push(performance.now() - sentAt);
      const fault = status === 200 ? checkAnswer(parts) : `status ${status}`;
      if (fault === null) ask();
      else fail(fault);
    },
  });
  const fail = (fault: string) => {
    tally.faults.add(fault);
    socket.destroy();
  };
  socket.on("connect", ask);
  socket.on("data", read);
  socket.on("error", ({ message }) => tally.faults.add(message));
  return new Promise((resolve) => socket.on("close", () => resolve()));
}

const DELTA_WITH_TEXT = /"delta":\{[^}]*"content":"[^"]/;

function requestBytes({ url, body }: LoadJob): Buffer {
  const { host } = new URL(url);
  const bytes = Buffer.from(body);
  const head = [
    "POST /v1/chat/completions HTTP/1.1",
    `host: ${host}`,
    "user-agent: bench",
    "accept: */*",
    "authorization: Bearer bench",
    "content-type: application/json",
    `content-length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]);
}

/** Nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
