import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import https from "node:https";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { promisify } from "node:util";
import { readText, root } from "../support/deploy-files.ts";
import {
  answerJson,
  chatCompletion,
  type RecordingUpstream,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { type CliProcess, startCli } from "../support/run-cli.ts";
import { selfSignedCertificate } from "../support/self-signed-certificate.ts";
import { canMount } from "../support/small-disk.ts";
import { tempFolder } from "../support/temp-folder.ts";

const BODY = JSON.stringify({ model: "m", messages: [{ role: "user", content: "write to minji.kim@example.com" }] });

describe("a gateway with the configuration of the image", () => {
  it("starts, is healthy to the health check, and serves what a trusted hop brings with a token", async (test) => {
    const place = await deploy(test, "deploy/haechi.config.json");
    const url = `http://127.0.0.1:${place.port}/v1/chat/completions`;
    assert.equal(await place.healthCheck(), 0);

    const headers = { "content-type": "application/json" };
    assert.equal((await fetch(url, { method: "POST", headers, body: BODY })).status, 401);
    const authorization = `Bearer ${await place.addToken()}`;
    const answer = await fetch(url, { method: "POST", headers: { ...headers, authorization }, body: BODY });
    assert.equal(answer.status, 200);
    assert.doesNotMatch(place.upstream.requests[0]!.body.toString(), /minji/);

    place.gateway.child.kill("SIGTERM");
    assert.equal((await place.gateway.ended).exitCode, 0);
    assert.equal(await place.healthCheck(), 1, "nothing answers any more");
  });

  it("writes nowhere but into its two volumes", {
    skip: !canMount() && "nothing can be mounted here",
  }, async (test) => {
    const place = await deploy(test, "deploy/haechi.config.json", { isReadOnly: true });
    const ready = await fetch(`http://127.0.0.1:${place.port}/__haechi/ready`);
    assert.equal(ready.status, 200, await ready.text());
  });
});

describe("a gateway with the configuration of the compose file", () => {
  it("serves https with wrapped keys, and sends the key of the upstream in place of the token", async (test) => {
    const place = await deploy(test, "deploy/compose.config.json");
    assert.equal(await place.healthCheck(), 0);
    assert.equal(JSON.parse(await place.haechi("status")).keys.isWrapped, true);
    const authorization = `Bearer ${await place.addToken()}`;
    assert.equal(await postByHttps(place.port, authorization), 200);
    const [request] = place.upstream.requests;
    assert.ok(request!.rawHeaders.includes("Bearer upstream-key-of-the-test"));
    assert.ok(!request!.rawHeaders.includes(authorization));
    assert.doesNotMatch(request!.body.toString(), /minji/);
  });
});

describe("a gateway with the configuration of the systemd unit", () => {
  it("keeps its keys wrapped, and its state in the folder it is started in", async (test) => {
    const place = await deploy(test, "deploy/systemd/haechi.config.json");
    assert.equal((await fetch(`http://127.0.0.1:${place.port}/__haechi/ready`)).status, 200);
    assert.equal(JSON.parse(await place.haechi("status")).keys.isWrapped, true);
    assert.ok((await readdir(join(place.folder, ".haechi"))).includes("dev.keys.json"));
  });
});

interface Deployed {
  readonly folder: string;
  readonly port: number;
  readonly upstream: RecordingUpstream;
  readonly gateway: CliProcess;
  /** Exit code of the health check of the image. */
  healthCheck(): Promise<number>;
  /** Standard output of a command beside the gateway. */
  haechi(...words: string[]): Promise<string>;
  addToken(): Promise<string>;
}

/** Starts a gateway in a folder that stands for /app or /var/lib/haechi, its secrets in place of those of the platform. */
async function deploy(
  test: TestContext,
  path: string,
  { isReadOnly = false }: { readonly isReadOnly?: boolean } = {},
): Promise<Deployed> {
  const folder = await tempFolder(test);
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("Noted.")));
  for (const volume of ["keys", ".haechi", "secrets"]) await mkdir(join(folder, volume), { mode: 0o700 });
  const config = readText(path).replaceAll(/\/run\/(?:secrets|credentials\/haechi\.service)/g, join(folder, "secrets"));
  await writeFile(join(folder, "haechi.config.json"), config);
  await copyFile(join(root, "deploy/healthcheck.mjs"), join(folder, "healthcheck.mjs"));
  const { key, cert } = selfSignedCertificate();
  const secrets = { "upstream-key": "upstream-key-of-the-test", "key-passphrase": randomBytes(24).toString("base64") };
  for (const [name, secret] of Object.entries({ ...secrets, "tls-key": key, "tls-cert": cert })) {
    await writeFile(join(folder, "secrets", name), secret);
    await writeFile(join(folder, "secrets", name.replaceAll("-", "_")), secret);
  }
  const under = isReadOnly ? readOnlyBut([join(folder, "keys"), join(folder, ".haechi")]) : [];
  const environment = { HAECHI_UPSTREAM: upstream.url, HAECHI_LOG_FORMAT: "json" };
  const gateway = startCli(test, folder, ["proxy", "--port", "0"], environment, under);
  const [, line] = await gateway.outputMatching(/^(.*"proxy_listening".*)$/m);
  const { port } = JSON.parse(line!) as { port: number };
  const haechi = async (...words: string[]) => {
    const { exitCode, stdout, stderr } = await startCli(test, folder, words, environment).ended;
    assert.equal(exitCode, 0, stderr);
    return stdout;
  };
  return {
    folder,
    port,
    upstream,
    gateway,
    haechi,
    addToken: async () => JSON.parse(await haechi("auth", "add", "--type", "service")).token,
    healthCheck: () =>
      promisify(execFile)(process.execPath, ["healthcheck.mjs"], {
        cwd: folder,
        env: { ...process.env, HAECHI_PROXY_PORT: String(port) },
      }).then(
        () => 0,
        ({ code }: { code: number }) => code,
      ),
  };
}

/** Words that run a program where every file system is read-only but for some folders. */
function readOnlyBut(folders: readonly string[]): readonly string[] {
  const script = [
    "mount --make-rprivate /",
    ...folders.map((folder) => `mount --bind "${folder}" "${folder}"`),
    'for one in $(findmnt --raw --noheadings --output TARGET); do case "$KEEP" in *":$one:"*) ;; *) mount -o remount,bind,ro "$one" 2>/dev/null ;; esac; done',
    "! touch ./written 2>/dev/null || exit 9",
    'exec "$@"',
  ].join("\n");
  return ["env", `KEEP=:${folders.join(":")}:`, "unshare", "-m", "sh", "-c", script, "sh"];
}

async function postByHttps(port: number, authorization: string): Promise<number> {
  const request = https.request({
    host: "127.0.0.1",
    port,
    path: "/v1/chat/completions",
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    rejectUnauthorized: false,
  });
  return await new Promise((resolve, reject) => {
    request.once("response", (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    request.once("error", reject);
    request.end(BODY);
  });
}
