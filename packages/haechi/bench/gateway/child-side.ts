import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Listening, Question, Usage } from "./messages.ts";

/** Answers the questions of the bench, and ends with it. */
export function answerBench(answer: (question: Question) => unknown): void {
  process.on("message", async (question: Question) => {
    process.send!(question.kind === "usage" ? usage() : await answer(question));
  });
  process.on("disconnect", () => process.exit());
}

/** Listens on a free loopback port and tells the bench which. */
export function listenForBench(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    process.send!({ url: `http://127.0.0.1:${port}` } satisfies Listening);
  });
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, rssBytes: process.memoryUsage.rss() };
}
