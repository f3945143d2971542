import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { numberedRequest } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { runCliWords } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { checkEvidence, evidenceConfig, forwardedRequest } from "./check-evidence.ts";

it("two gateways on one folder share it: each answers, and there is one log, one vault and one set of keys", async (test) => {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const folder = await tempFolder(test);
  const config = evidenceConfig(folder, upstream.url);
  // Both at once: one of them makes the key file.
  const gateways = await Promise.all([1, 2].map(() => startHaechiProcess(test, folder, config)));
  const answered: number[] = [];
  const said: string[] = [];
  const askFor = async (first: number) => {
    for (let number = first; number < first + 10; number++) {
      const { url } = gateways[number % 2]!;
      const reply = await fetch(`${url}/v1/chat/completions`, numberedRequest(number));
      await reply.arrayBuffer();
      assert.equal(reply.status, 200);
      answered.push(number);
    }
  };
  const clients = Promise.all(Array.from({ length: 16 }, (_, client) => askFor(1 + client * 10)));
  for (const line of ["keys rotate", "audit checkpoint", "audit rotate", "audit checkpoint"]) {
    const argv = [...line.split(" "), "--config", join(folder, "haechi.config.json")];
    const { exitCode, stdout, stderr } = await runCliWords(argv);
    assert.equal(exitCode, 0, stderr);
    said.push(stdout);
  }
  await clients;
  const forwarded = upstream.requests.map(({ body }) => forwardedRequest(body.toString("utf8")));
  await checkEvidence(folder, config, { forwarded, answered, said });
});
