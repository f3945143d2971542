import type { Bench } from "./compare.ts";
import { type Build, startHaechi, startLoadMaker, startPassThrough, startStubUpstream } from "./processes.ts";

/** The processes of a comparison, all of them there and none of them loaded. */
export interface OpenBench extends Bench {
  close(): Promise<void>;
}

export async function openBench(build: Build): Promise<OpenBench> {
  const upstream = await startStubUpstream();
  const load = await startLoadMaker();
  const loadBeside = await startLoadMaker();
  const servers = {
    upstream,
    "pass-through": await startPassThrough(upstream.url),
    haechi: await startHaechi(build, upstream.url, { inspectsAnswers: false }),
    "haechi, answers too": await startHaechi(build, upstream.url, { inspectsAnswers: true }),
  };
  const processes = [...Object.values(servers), load, loadBeside];
  return {
    upstream,
    load,
    loadBeside,
    servers,
    close: async () => void (await Promise.all(processes.map((process) => process.stop()))),
  };
}
