import assert from "node:assert/strict";
import { it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

it("callers behind a trusted hop have a rate each, and nobody chooses another's by a header", async (test) => {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
  const policy: ConfigInput["policy"] = { rate: { requestsPerMinute: 1 } };
  const statuses = async (trustedHops: readonly string[] | undefined, forwarded: readonly string[]) => {
    const proxy = trustedHops === undefined ? {} : { trustedHops: [...trustedHops] };
    const { url } = await startHaechi(test, upstream.url, { policy, proxy });
    const found = [];
    for (const value of forwarded) {
      const headers = { "content-type": "application/json", "x-forwarded-for": value };
      const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }] });
      found.push((await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body })).status);
    }
    return found;
  };
  assert.deepEqual(
    await statuses(["127.0.0.0/8"], ["192.0.2.1", "192.0.2.2", "192.0.2.3, 192.0.2.1"]),
    [200, 200, 429],
  );
  assert.deepEqual(await statuses(["10.0.0.0/8"], ["192.0.2.1", "192.0.2.2"]), [200, 429]);
  assert.deepEqual(await statuses(undefined, ["192.0.2.1", "192.0.2.2"]), [200, 429]);
});
