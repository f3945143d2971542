import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { isHaechiError } from "../core/errors.ts";
import { effectiveMode } from "./effective-mode.ts";
import type { Environment } from "./environment.ts";
import { loadConfig } from "./load.ts";
import { defaultConfig } from "./parse.ts";
import { configProblems } from "./problem.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "haechi-config-"));
});
after(() => rm(folder, { recursive: true }));

test("reads a file", async () => {
  const path = join(folder, "a.json");
  await writeFile(path, JSON.stringify({ proxy: { port: 1234 } }));
  assert.equal(loadConfig({ path, environment: {} }).config.proxy.port, 1234);
});

test("a byte order mark does no harm", () => {
  assert.deepEqual(load("\uFEFF{}"), defaultConfig());
});

test("a missing file is named, and how to get one", () => {
  assert.match(
    refusal(() => loadConfig({ path: join(folder, "absent.json"), environment: {} })).message,
    /absent\.json does not exist; `haechi init` writes one/,
  );
});

test("a folder is told from a file, and a file that cannot be read is named", () => {
  const { message } = refusal(() => loadConfig({ path: folder, environment: {} }));
  assert.match(message, /is a folder; name the file in it, such as haechi\.config\.json$/);
  const readFile = () => {
    throw Object.assign(new Error("no"), { code: "EACCES" });
  };
  assert.match(
    refusal(() => loadConfig({ path: "a.json", environment: {}, readFile })).message,
    /^a\.json cannot be read$/,
  );
});

test("a syntax error is told by line and column, without the text", () => {
  const { message } = refusal(() => load('{\n  "auth": hunter2\n}'));
  assert.match(message, /line 2, column 11: expected a value$/);
  assert.ok(!message.includes("hunter2"));
});

test("a file that is not UTF-8 is refused", () => {
  const readFile = () => Buffer.from([0x7b, 0xff, 0x7d]);
  assert.match(refusal(() => loadConfig({ path: "a", environment: {}, readFile })).message, /not valid UTF-8/);
});

for (const text of ["[]", "null", '"x"']) {
  test(`a file that holds ${text} is refused`, () => {
    assert.match(refusal(() => load(text)).message, /expected an object/);
  });
}

test("the environment wins over the file", () => {
  const config = load(
    { proxy: { port: 1, host: "::1" }, mode: "dry-run", logging: { format: "text" }, target: { upstream: "http://a" } },
    {
      HAECHI_PROXY_PORT: "2",
      HAECHI_PROXY_HOST: "localhost",
      HAECHI_UPSTREAM: "https://b.example/base",
      HAECHI_MODE: "enforce",
      HAECHI_LOG_FORMAT: "json",
    },
  );
  assert.deepEqual(config.proxy, { ...defaultConfig().proxy, port: 2, host: "localhost" });
  assert.equal(config.target.upstream, "https://b.example/base");
  assert.equal(config.mode, "enforce");
  assert.equal(config.logging.format, "json");
});

const badVariables: readonly (readonly [variable: string, value: string])[] = [
  ["HAECHI_PROXY_PORT", "65536"],
  ["HAECHI_PROXY_PORT", "-1"],
  ["HAECHI_PROXY_PORT", "80a"],
  ["HAECHI_PROXY_PORT", "0x50"],
  ["HAECHI_PROXY_PORT", "8e1"],
  ["HAECHI_PROXY_PORT", ""],
  ["HAECHI_PROXY_HOST", ""],
  ["HAECHI_UPSTREAM", "nowhere"],
  ["HAECHI_UPSTREAM", ""],
  ["HAECHI_MODE", "on"],
  ["HAECHI_MODE", ""],
  ["HAECHI_LOG_FORMAT", "xml"],
];
for (const [variable, value] of badVariables) {
  test(`${variable}=${value} stops the start, by name`, () => {
    const error = refusal(() => load({}, { [variable]: value }));
    assert.deepEqual(
      configProblems(error).map(({ path }) => path),
      [variable],
    );
  });
}

test("problems of the file and of the environment are told together", () => {
  const error = refusal(() => load({ bogus: 1, proxy: { port: "x" } }, { HAECHI_MODE: "on" }));
  assert.deepEqual(
    configProblems(error).map(({ path }) => path),
    ["HAECHI_MODE", "proxy.port", "bogus"],
  );
});

test("a section that is no object stays the file's problem", () => {
  assert.deepEqual(
    configProblems(refusal(() => load({ proxy: 1 }, { HAECHI_PROXY_PORT: "2" }))).map(({ path }) => path),
    ["proxy"],
  );
});

test("no other variable has an effect", () => {
  const environment = {
    HAECHI_KEYS_KEY_FILE: "a",
    HAECHI_AUTH_PROVIDER: "bearer",
    HAECHI_AUTH_STORE: "b",
    HAECHI_PROXY_TLS: "c",
    HAECHI_PROXY_TRUST_FORWARDED_PROTO: "true",
    HAECHI_POLICY_MODE: "enforce",
  };
  assert.deepEqual(load({}, environment), defaultConfig());
});

test("a newer configVersion is refused with what to do, whatever else the file holds", () => {
  const { message } = refusal(() => load({ configVersion: 2, brandNew: true }));
  assert.match(message, /configVersion: .*upgrade haechi, or lower configVersion/);
  assert.ok(!message.includes("brandNew"));
});

test("mode and HAECHI_MODE decide where policy.mode is unset, and policy.mode decides where it is set", () => {
  assert.equal(effectiveMode(load({})), "dry-run");
  assert.equal(effectiveMode(load({ mode: "enforce" })), "enforce");
  assert.equal(effectiveMode(load({}, { HAECHI_MODE: "enforce" })), "enforce");
  assert.equal(effectiveMode(load({ mode: "enforce", policy: { mode: "dry-run" } })), "dry-run");
});

test("an unreadable TLS file is a problem of its key", () => {
  const absent = join(folder, "absent.pem");
  const error = refusal(() => load({ proxy: { tls: { keyFile: absent, certFile: absent } } }));
  assert.deepEqual(
    configProblems(error).map(({ path }) => path),
    ["proxy.tls.keyFile", "proxy.tls.certFile"],
  );
});

const profiles = { profiles: { a: {} }, profileBinding: { default: "a", byLabel: { "team=x": "a", "site=y": "a" } } };
const warned: readonly (readonly [path: string, input: unknown])[] = [
  ["policy.mode", { mode: "enforce", policy: { mode: "dry-run" } }],
  ["policy.allowUnsafeOverrides", { policy: { allowUnsafeOverrides: true } }],
  ["policy.actions.emial", { policy: { actions: { emial: "block" } } }],
  [
    "policy.profiles.a.actions.emial",
    {
      auth: { provider: "bearer" },
      policy: { profiles: { a: { actions: { emial: "block" } } }, profileBinding: { default: "a" } },
    },
  ],
  ["policy.actions.card", { policy: { actions: { card: "allow", email: "allow" } } }],
  [
    "policy.profiles.a.actions.api_key",
    {
      auth: { provider: "bearer" },
      policy: { profiles: { a: { actions: { api_key: "allow" } } }, profileBinding: { default: "a" } },
    },
  ],
  ["policy.profileBinding", { policy: profiles }],
  ["policy.profileBinding.byLabel.site=y", { auth: { provider: "bearer" }, policy: profiles }],
  ["tokenVault.detokenizeResponses", { tokenVault: { detokenizeResponses: true } }],
  ["target.auth", { target: { upstream: "https://api.example.com" }, auth: { provider: "bearer" } }],
  ["target.auth", { target: { upstream: "http://api.example.com", auth: { keyEnv: "KEY" } } }],
];
for (const [path, input] of warned) {
  test(`warns of ${path} in ${JSON.stringify(input)}`, () => {
    assert.deepEqual(
      loaded(input).warnings.map((warning) => warning.path),
      [path],
    );
  });
}

test("warns of nothing where all is as it seems", () => {
  const input = {
    mode: "enforce",
    policy: { mode: "enforce", actions: { ticket: "block", email: "mask" } },
    filters: { customRules: [{ id: "t", type: "ticket", pattern: "T-\\d{6}" }] },
    responseProtection: { enabled: true },
    tokenVault: { detokenizeResponses: true },
    target: { upstream: "https://api.example.com", auth: { keyEnv: "KEY" } },
    auth: { provider: "bearer" },
  };
  assert.deepEqual(loaded(input).warnings, []);
  assert.deepEqual(loaded({}).warnings, []);
  // A jurisdiction asks for more, whatever stands there.
  const required = { policy: { actions: { kr_rrn: "allow" } }, privacy: { profile: "kr-pipa" } };
  assert.deepEqual(loaded(required).warnings, []);
});

function load(file: unknown, environment: Environment = {}) {
  return loaded(file, environment).config;
}

function loaded(file: unknown, environment: Environment = {}) {
  const path = join(folder, "haechi.config.json");
  const text = typeof file === "string" ? file : JSON.stringify(file);
  const readTlsFile = (name: string): Buffer => {
    throw new Error(`${name} is absent`);
  };
  return loadConfig({
    path,
    environment,
    readFile: (name) => (name === path ? Buffer.from(text) : readTlsFile(name)),
  });
}

function refusal(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (isHaechiError(error, "CONFIG_INVALID")) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "nothing is refused" });
}
