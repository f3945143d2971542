import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { readText } from "./deploy-files.ts";
import { readMarkdown } from "./markdown.ts";
import { answerJson, chatCompletion, recordingUpstream } from "./recording-upstream.ts";
import { type CliProcess, type CliRun, cliFolder, runCliWords, startCli } from "./run-cli.ts";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

export const PAGES = ["deploy", "upgrade", "rotate", "incident", "capacity", "runbook"];

/** What runs in the folder of a test as it stands. */
export const RUN = ["curl", "openssl", "mkdir", "mv", "printf"];

/** What takes an engine, a cluster, a registry or rights on the machine; only the files that it names are looked at. */
export const NOT_RUN = ["docker", "helm", "kubectl", "systemctl", "systemd-run", "npm", "install"];

/** Commands whose folder would have to be that of another system, with where they are tried instead. */
export const TRIED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["haechi vault import .haechi/token-vault.json", "packages/haechi/test/cli/vault.test.ts"],
]);

/** Commands that only say what they would do end with a code of their own. */
const ENDS_WITH: ReadonlyMap<string, number> = new Map([["haechi keys destroy local-1767225600000-a1b2c3", 1]]);

export const JSON_BODY = { "content-type": "application/json" };

/**
 * Types every command of some pages that runs here, in its order, beside one gateway that serves, as somebody does who
 * works with them one after the other.
 */
export async function typeCommandsOf(pages: readonly string[], test: TestContext): Promise<void> {
  const place = await servingPlace(test);
  for (const page of pages) await test.test(page, () => typeCommands(page, place));
}

async function typeCommands(page: string, place: Place): Promise<void> {
  for (const line of commandsOf(page)) {
    if (NOT_RUN.includes(programOf(line)) || TRIED_ELSEWHERE.has(line)) continue;
    const { exitCode, stdout, stderr } = await place.type(line);
    assert.equal(exitCode, ENDS_WITH.get(line) ?? 0, `${page}: ${line}\n${stdout}${stderr}`);
  }
}

interface Place {
  /** Runs a line as somebody would who reads it in the folder of the gateway. */
  type(line: string): Promise<CliRun>;
}

/** A folder with a gateway that serves, some exchanges behind it, and what the pages take for granted. */
async function servingPlace(test: TestContext): Promise<Place> {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("Noted.")));
  const { path: folder } = await cliFolder(test);
  const config = {
    mode: "enforce",
    target: { upstream: upstream.url },
    auth: { provider: "bearer" },
    policy: { presets: ["llm-redact"], actions: { email: "tokenize" } },
    responseProtection: { enabled: true },
    audit: { anchor: { mode: "file" } },
  };
  writeFileSync("haechi.config.json", JSON.stringify(config));
  writeFileSync("haechi.next.json", JSON.stringify({ ...config, limits: { maxInFlight: 64 } }));
  const environment: Record<string, string> = {
    HAECHI_KEY_PASSPHRASE: "a pass phrase of the test",
    HAECHI_LOG_FORMAT: "json",
    OPENAI_API_KEY: "key-of-the-test",
  };
  const haechi = async (line: string) => {
    const run = await runCliWords(line.split(" "), { environment });
    assert.equal(run.exitCode, 0, `${line}: ${run.stderr}`);
    return JSON.parse(run.stdout);
  };
  // Keys are made in clear, as by whoever begins; the pass phrase is there for the commands that wrap them.
  const { HAECHI_KEY_PASSPHRASE: passphrase, ...withoutPassphrase } = environment;
  assert.ok(passphrase);
  const gateway = startCli(test, folder, ["proxy", "--port", "0"], withoutPassphrase);
  const [, port] = await gateway.outputMatching(/"port":(\d+)/);
  const bearer = await haechi("auth add --type service");
  for (const content of ["write to minji.kim@example.com", "write to jane@example.com"]) {
    const body = JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
    const headers = { ...JSON_BODY, authorization: `Bearer ${bearer.token}` };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: "POST", headers, body });
    assert.equal(answer.status, 200);
  }
  // Somebody without a token, for those who look for them.
  await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: "POST", headers: JSON_BODY, body: "{}" });
  await haechi("keys rotate");
  await haechi("audit checkpoint --directory elsewhere");
  await haechi("audit rotate");
  mkdirSync("old");
  for (const name of ["audit.segment-000001.jsonl", "audit.anchor.jsonl"])
    copyFileSync(`.haechi/${name}`, `old/${name}`);
  copyFileSync(".haechi/audit-checkpoint.key.json.pub", "audit-checkpoint.key.json.pub");
  mkdirSync("deploy/secrets", { recursive: true });
  writeFileSync("deploy/secrets/tls_cert", selfSignedCertificate().cert);

  const entry = JSON.parse(
    readFileSync("old/audit.segment-000001.jsonl", "utf8")
      .split("\n")
      .find((line) => line.includes('"detections":[{'))!,
  );
  const [key] = (await haechi("keys list")).keys as readonly { readonly kid: string }[];
  const [token] = (await haechi("token-export --type email")).tokens as readonly { readonly token: string }[];
  const real = (line: string) =>
    line
      .replace(/(?<=--exchange )[\da-f-]{36}/, entry.correlationId)
      .replace(/(?<=--event )[\da-f-]{36}/, entry.id)
      .replaceAll("tok_auth_0123abcd", bearer.id)
      .replaceAll("tok_email_0123456789abcdef", token!.token)
      .replaceAll("local-1767225600000-a1b2c3", key!.kid)
      .replaceAll("127.0.0.1:11016", `127.0.0.1:${port}`);

  return {
    async type(line) {
      // The page says to stop first.
      if (line === "mkdir -p lost") await stopped(gateway);
      const typed = real(line);
      if (programOf(line) !== "haechi") return await inShell(typed, folder, environment);
      const [command, into] = typed.split(" > ");
      const words = command!.split(" ").slice(1);
      const run = /--every-seconds|--follow/.test(line)
        ? await untilItWorks(
            startCli(test, folder, [...words, ...SAYS_SOMETHING[command!.split(" ")[2]!]!], environment),
          )
        : await runCliWords(words, { environment });
      if (into !== undefined) writeFileSync(into, run.stdout);
      if (line.includes("--new-passphrase-file"))
        environment.HAECHI_KEY_PASSPHRASE = readFileSync("next.passphrase", "utf8").trim();
      return run;
    },
  };
}

/** What makes a command that goes on for good tell that it works, where it would be silent. */
const SAYS_SOMETHING: Readonly<Record<string, readonly string[]>> = { checkpoint: ["--stdout"], tail: [] };

/** Lets a command that goes on for good say something, and ends it. */
async function untilItWorks(command: CliProcess): Promise<CliRun> {
  await command.outputMatching(/\S/);
  command.child.kill("SIGINT");
  const { signal, ...run } = await command.ended;
  return signal === "SIGINT" ? { ...run, exitCode: 0 } : run;
}

async function stopped({ child, ended }: CliProcess): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

async function inShell(line: string, cwd: string, environment: Readonly<Record<string, string>>): Promise<CliRun> {
  const env = { ...process.env, ...environment };
  return await promisify(execFile)("sh", ["-c", line], { cwd, env }).then(
    ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ exitCode: code, stdout, stderr }),
  );
}

/** The lines of the shell blocks of a page, in their order. */
export function commandsOf(page: string): readonly string[] {
  const { blocks } = readMarkdown(readText(`docs/operations/${page}.md`));
  const shell = blocks.filter(({ language }) => language === "sh").map(({ code }) => code.replaceAll("\\\n", " "));
  return shell.flatMap((code) => code.split("\n").map((line) => line.trim())).filter((line) => line !== "");
}

export function programOf(line: string): string {
  return line.replace(/^(?:[A-Z_]+=\S+ )+/, "").split(" ")[0]!;
}
