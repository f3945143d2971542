import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { destroyKey, retireKey, rotateKeys } from "../../src/providers/crypto/key-custody.ts";
import { openVaultFile } from "../../src/providers/storage/vault-file.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const ports = { clock: systemClock, random: systemRandom };
/** How soon a gateway looks at its key file again, at the latest. */
const RELOAD_MS = 5_000;

/** A gateway whose clock can be put forward, and an upstream that says again what it is told. */
async function gateway(test: TestContext) {
  let ahead = 0;
  const upstream = await recordingUpstream(test, (response, { body }) =>
    answerJson(response, chatCompletion(JSON.parse(body.toString()).messages[0].content)),
  );
  const config = {
    policy: { presets: [], actions: { email: "tokenize" as const } },
    responseProtection: { enabled: true },
    tokenVault: { detokenizeResponses: true },
  };
  const clock = { now: () => Date.now() + ahead };
  const { url, runtime } = await startHaechi(test, upstream.url, config, { clock });
  const { keys, tokenVault } = runtime.config;
  return {
    keyFile: keys.keyFile,
    laterBy: (ms: number) => {
      ahead += ms;
    },
    /** What comes back for a message. */
    async say(content: string): Promise<string> {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
      const response = await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body });
      const text = await response.text();
      return response.status === 200 ? JSON.parse(text).choices[0].message.content : String(response.status);
    },
    /** How many of the tokens of the vault the gateway can open. */
    async opened(): Promise<number> {
      const file = openVaultFile(tokenVault.path);
      const ids = [...file.entries()].map(([id]) => id);
      file.close();
      return (await runtime.vault.detokenize(ids)).size;
    },
    /** Which keys the tokens of the vault are sealed under. */
    kids(): Set<string> {
      const file = openVaultFile(tokenVault.path);
      const kids = new Set([...file.entries()].map(([, record]) => record!.envelope.kid));
      file.close();
      return kids;
    },
  };
}

describe("a gateway that runs while its key file is changed", () => {
  it("seals under the new key without a restart, and no exchange fails meanwhile", async (test) => {
    const { keyFile, laterBy, say, kids } = await gateway(test);
    assert.equal(await say("a@example.org"), "a@example.org");
    const [first] = kids();
    const second = await rotateKeys(keyFile, ports);
    assert.equal(await say("b@example.org"), "b@example.org");
    laterBy(RELOAD_MS);
    assert.equal(await say("c@example.org"), "c@example.org");
    assert.deepEqual(kids(), new Set([first, second]));
  });

  it("opens nothing any more that only a key opens which was destroyed", async (test) => {
    const { keyFile, laterBy, say, kids, opened } = await gateway(test);
    await say("a@example.org");
    assert.equal(await opened(), 1);
    const [first] = kids();
    await retireKey(keyFile, first!, ports);
    await destroyKey(keyFile, first!, ports);
    laterBy(RELOAD_MS);
    assert.equal(await opened(), 0);
    // What is said anew is sealed anew, and comes back.
    assert.equal(await say("b@example.org"), "b@example.org");
    assert.equal(await opened(), 1);
  });
});
