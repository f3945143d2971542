import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";

const EMAIL = "minji.kim@example.org";

/** A folder whose keys have sealed an address, and the marker that was put in its place. */
async function sealedFolder(
  test: Parameters<typeof cliFolder>[0],
  revealPolicy: string,
): Promise<CliFolder & { readonly marker: string }> {
  const folder = await cliFolder(test);
  const policy = { presets: [], actions: { email: "encrypt" } };
  writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", policy, tokenVault: { revealPolicy } }));
  await folder.run("init");
  const { stdout } = await folder.run("protect -", { stdin: JSON.stringify([EMAIL]) });
  const [marker] = JSON.parse(stdout).payload;
  assert.match(marker, /^\[HAECHI_ENC:[\w-]+\]$/);
  return { ...folder, marker };
}

function lastOutcome(): unknown[] {
  const { decision, reason, operation, count } = JSON.parse(auditText().trimEnd().split("\n").at(-1)!);
  return [decision, reason, operation, count];
}

function auditText(): string {
  return readFileSync(".haechi/audit.jsonl", "utf8");
}

describe("decrypt", () => {
  it("shows the value in a marker that is typed or piped in, and records it", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    const piped = await run("decrypt - --allow-dev-reveal", { stdin: `${marker}\n` });
    const typed = await run(`decrypt ${marker} --allow-dev-reveal`);
    for (const { exitCode, stdout } of [piped, typed]) {
      assert.deepEqual([exitCode, JSON.parse(stdout)], [0, { plaintext: EMAIL, opened: 1, rejected: 0 }]);
      assert.deepEqual(lastOutcome(), ["reveal_allowed", "inline_ciphertext", "inline-encrypt:reveal", 1]);
    }
    assert.ok(!auditText().includes(EMAIL));
  });

  it("opens a marker after its key was rotated", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    await run("init --rotate-key");
    assert.equal((await run(`decrypt ${marker} --allow-dev-reveal`)).exitCode, 0);
  });

  it("opens a marker with wrapped keys and their pass phrase, and not without", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    const environment = { HAECHI_KEY_PASSPHRASE: "correct horse battery" };
    await run("keys wrap", { environment });
    const refused = await run(`decrypt ${marker} --allow-dev-reveal`);
    assert.deepEqual([refused.exitCode, refused.stdout], [1, ""]);
    assert.match(refused.stderr, /HAECHI_KEY_PASSPHRASE/);
    const { stdout } = await run(`decrypt ${marker} --allow-dev-reveal`, { environment });
    assert.equal(JSON.parse(stdout).plaintext, EMAIL);
  });

  it("opens a marker no more once its key is destroyed, and records the attempt", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    const { kid } = JSON.parse((await run("keys list")).stdout).keys[0];
    await run("keys rotate");
    assert.equal((await run(`keys destroy ${kid} --yes --lose-tokens`)).exitCode, 0);
    const { exitCode, stdout } = await run(`decrypt ${marker} --allow-dev-reveal`);
    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.deepEqual(lastOutcome(), ["reveal_failed", "decrypt_failed", "inline-encrypt:reveal", 1]);
  });

  it("opens every marker of a text in its place", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    const line = "decrypt --in-text - --allow-dev-reveal";
    const { exitCode, stdout } = await run(line, { stdin: `To ${marker},\ncopy to ${marker}.\n`, isTerminal: true });
    assert.equal(exitCode, 0);
    assert.equal(stdout, `To ${EMAIL},\ncopy to ${EMAIL}.\n\n`);
  });

  it("leaves in a text what no key here opens, and says so with its exit code", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    const strange = "[HAECHI_ENC:AAAA]";
    const line = "decrypt --in-text - --allow-dev-reveal";
    const { exitCode, stdout } = await run(line, { stdin: `${strange} ${marker}` });
    assert.deepEqual([exitCode, JSON.parse(stdout)], [1, { plaintext: `${strange} ${EMAIL}`, opened: 1, rejected: 1 }]);
    assert.match(
      (await run(line, { stdin: `${strange} ${marker}`, isTerminal: true })).stdout,
      /opens 1 of the markers/,
    );
  });

  it("refuses a marker of other keys, and a text that is none", async (test) => {
    const { run, marker } = await sealedFolder(test, "local-dev");
    const changed = `${marker.slice(0, -6)}${marker.at(-6) === "A" ? "B" : "A"}${marker.slice(-5)}`;
    for (const stdin of [changed, "my-secret", `see ${marker}`]) {
      const { exitCode, stdout, stderr } = await run("decrypt - --allow-dev-reveal", { stdin });
      assert.deepEqual([exitCode, stdout], [1, ""]);
      assert.ok(!stderr.includes("my-secret"));
      assert.equal(lastOutcome()[0], "reveal_failed");
    }
    assert.ok(!auditText().includes("my-secret"));
  });

  for (const [revealPolicy, flag] of [
    ["disabled", ""],
    ["disabled", "--allow-dev-reveal"],
    ["local-dev", ""],
  ]) {
    it(`refuses and records it with ${revealPolicy} and "${flag}"`, async (test) => {
      const { run, marker } = await sealedFolder(test, revealPolicy!);
      for (const line of [`decrypt ${marker} ${flag}`, `decrypt --in-text ${marker} ${flag}`]) {
        const { exitCode, stdout, stderr } = await run(line);
        assert.deepEqual([exitCode, stdout], [1, ""]);
        assert.match(stderr, /revealPolicy/);
        assert.ok(!stderr.includes(EMAIL));
        assert.deepEqual(lastOutcome(), ["reveal_denied", "reveal_disabled", "inline-encrypt:reveal", 1]);
      }
    });
  }
});
