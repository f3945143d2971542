import { answerText } from "./answer-text.ts";
import { requestBody } from "./bodies.ts";
import type { LoadMaker, Server, StubUpstream } from "./processes.ts";

/** Resident memory of a server: when it is there, and after so many requests of 1 KB and twice as many. */
export interface MemoryFigures {
  readonly requests: number;
  readonly readyMb: number;
  readonly afterMb: number;
  readonly afterTwiceMb: number;
}

export async function measureMemory(
  server: Server,
  upstream: StubUpstream,
  load: LoadMaker,
  requests: number,
): Promise<MemoryFigures> {
  await upstream.follow({ delayMs: 0, pieces: 200, intervalMs: null, watched: [] });
  const residentMb = async () => (await server.usage()).rssBytes / 1e6;
  const serve = async () => {
    const { faults } = await load.run({
      url: server.url,
      body: requestBody({ bytes: 1024, kind: "chat", streamed: false, planted: false }, 7),
      connections: 32,
      ms: 120_000,
      requestsMax: requests,
      expectedText: answerText(200),
    });
    if (faults.length > 0) throw new Error(faults.join("; "));
    return residentMb();
  };
  return { requests, readyMb: await residentMb(), afterMb: await serve(), afterTwiceMb: await serve() };
}
