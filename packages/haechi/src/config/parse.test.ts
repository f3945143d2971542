import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import fc from "fast-check";
import { isHaechiError } from "../core/errors.ts";
import { defaultConfig, parseConfig } from "./parse.ts";
import { configProblems } from "./problem.ts";

const plugin = {
  manifestPath: "plugin/package.json",
  trustAnchors: [{ keyId: "k1", publicKey: "abc" }],
  allowCapabilities: ["readsCredentials"],
  timeoutMs: 500,
  resourceLimits: { maxOldGenerationSizeMb: 64 },
};
const profiles = { staff: { actions: { email: "mask" } }, guests: {} };
const rule = { id: "ticket", type: "ticket", pattern: "T-\\d{6}" };

/** Each row: the key that must be named, and a configuration that is refused because of it. */
const refused: readonly (readonly [path: string, input: unknown])[] = [
  ["configVersion", { configVersion: 0 }],
  ["configVersion", { configVersion: 2 }],
  ["configVersion", { configVersion: 1.5 }],
  ["configVersion", { configVersion: "1" }],
  ["configVersion", { configVersion: null }],
  ["mode", { mode: "bogus" }],
  ["bogus", { bogus: 1 }],
  ["target", { target: null }],
  ["target.type", { target: { type: "foo" } }],
  ["target.adapter", { target: { adapter: "llm-http" } }],
  ["target.upstream", { target: { upstream: "not a url" } }],
  ["target.upstream", { target: { upstream: "ftp://127.0.0.1" } }],
  ["target.upstream", { target: { upstream: "http://user:pass@127.0.0.1" } }],
  ["target.upstream", { target: { upstream: "http://127.0.0.1/?a=b" } }],
  ["target.upstream", { target: { upstream: "http://127.0.0.1:99999" } }],
  ...["", "a:1", "http://a", "*", "a b", "[::1]"].map(
    (name) => ["proxy.allowedHosts[0]", { proxy: { allowedHosts: [name] } }] as const,
  ),
  ...["localhost", "10.0.0.0/33", "10.0.0/8", "999.1.1.1", "::1/129", "10.0.0.1/", ""].map(
    (hop) => ["proxy.trustedHops[0]", { proxy: { trustedHops: [hop] } }] as const,
  ),
  ["proxy.trustedHops", { proxy: { trustedHops: [] } }],
  ...[0, 65, 1.5, "all"].map((workers) => ["proxy.workers", { proxy: { workers } }] as const),
  ...[2, "auto"].map((workers) => ["proxy.workers", { proxy: { workers }, target: { type: "mcp" } }] as const),
  ["proxy.proxyProtocol", { proxy: { proxyProtocol: "required" } }],
  ["proxy.proxyProtocol", { proxy: { proxyProtocol: "on", trustedHops: ["10.0.0.1"] } }],
  ["limits.maxInFlight", { proxy: { workers: 4 }, limits: { maxInFlight: 3 } }],
  ["proxy.allowedHosts", { proxy: { allowedHosts: [] } }],
  ...["a.example", "*", "null", "https://a.example/", "https://a.example/x", "https://u@a.example"].map(
    (origin) => ["proxy.allowedOrigins[0]", { proxy: { allowedOrigins: [origin] } }] as const,
  ),
  ["target.auth", { target: { auth: {} } }],
  ["target.auth", { target: { auth: { keyEnv: "KEY", keyFile: "key" } } }],
  ["target.auth.keyEnv", { target: { auth: { keyEnv: "sk-the-key-itself" } } }],
  ["target.auth.header", { target: { auth: { keyEnv: "KEY", header: "cookie" } } }],
  ["target.auth.key", { target: { auth: { keyEnv: "KEY", key: "sk-the-key-itself" } } }],
  ["target.addresses", { target: { addresses: "loopback" } }],
  ["target.pool.connections", { target: { pool: { connections: 0 } } }],
  ["target.timeouts.totalMs", { target: { timeouts: { totalMs: null } } }],
  ["target.tls.keyFile", { target: { tls: { certFile: "cert.pem" } } }],
  ["target.tls.certFile", { target: { tls: { keyFile: "key.pem" } } }],
  ["target.tls.key", { target: { tls: { key: "-----BEGIN PRIVATE KEY-----" } } }],
  ["target.health.checkPath", { target: { health: { checkPath: "//elsewhere/health" } } }],
  ["target.upstreams", { target: { upstreams: [] } }],
  ["target.upstreams[0].name", { target: { upstreams: [{ baseUrl: "http://127.0.0.1" }] } }],
  ["target.upstreams[0].name", { target: { upstreams: [{ name: "a b", baseUrl: "http://127.0.0.1" }] } }],
  ["target.upstreams[0].name", { target: { upstreams: [{ name: "u12345", baseUrl: "http://127.0.0.1" }] } }],
  ["target.upstreams[0].baseUrl", { target: { upstreams: [{ name: "a", baseUrl: "http://u:p@127.0.0.1" }] } }],
  ["target.upstreams[0].auth", { target: { upstreams: [{ name: "a", baseUrl: "http://127.0.0.1", auth: {} }] } }],
  ["target.upstream", { target: { upstream: "http://127.0.0.1", upstreams: [upstreamNamed("a")] } }],
  ["target.upstreams[1].name", { target: { upstreams: [upstreamNamed("a"), upstreamNamed("a")] } }],
  ["target.upstreams", { target: { upstreams: [upstreamNamed("a"), upstreamNamed("b", { auth: { keyEnv: "B" } })] } }],
  [
    "target.upstreams[0].tls.keyFile",
    { target: { upstreams: [upstreamNamed("a", { tls: { certFile: "cert.pem" } })] } },
  ],
  ["target.forwardHeaders", { target: { forwardHeaders: "x-a" } }],
  ["target.forwardHeaders", { target: { forwardHeaders: [] } }],
  ["target.forwardHeaders[0]", { target: { forwardHeaders: [""] } }],
  ["target.forwardHeaders[0]", { target: { forwardHeaders: ["X-A"] } }],
  ["target.forwardHeaders[1]", { target: { forwardHeaders: ["x-a", "x b"] } }],
  ...[
    "host",
    "content-length",
    "content-type",
    "authorization",
    "cookie",
    "set-cookie",
    "proxy-authorization",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
  ].map((name) => ["target.forwardHeaders[0]", { target: { forwardHeaders: [name] } }] as const),
  ["proxy.host", { proxy: { host: "" } }],
  ["proxy.port", { proxy: { port: -1 } }],
  ["proxy.port", { proxy: { port: 65_536 } }],
  ["proxy.port", { proxy: { port: 80.5 } }],
  ["proxy.port", { proxy: { port: "80" } }],
  ["proxy.tls", { proxy: { tls: true } }],
  ["proxy.tls", { proxy: { tls: [] } }],
  ["proxy.tls.keyFile", { proxy: { tls: {} } }],
  ["proxy.tls.certFile", { proxy: { tls: { keyFile: "a" } } }],
  ["proxy.tls.keyFile", { proxy: { tls: { certFile: "a" } } }],
  ["proxy.tls.keyFile", { proxy: { tls: { keyFile: "", certFile: "a" } } }],
  ["proxy.tls.pfxFile", { proxy: { tls: { pfxFile: "" } } }],
  ["proxy.tls.pfxFile", { proxy: { tls: { pfxFile: "a", keyFile: "b", certFile: "c" } } }],
  ["proxy.tls.passphrase", { proxy: { tls: { pfxFile: "a", passphrase: 1 } } }],
  ["proxy.tls.passphrase", { proxy: { tls: { keyFile: "a", certFile: "b", passphrase: "c" } } }],
  ["proxy.tls.key", { proxy: { tls: { key: "a", cert: "b" } } }],
  ["proxy.trustForwardedProto", { proxy: { trustForwardedProto: "true" } }],
  ["responseProtection.enabled", { responseProtection: { enabled: "yes" } }],
  ["responseProtection.mode", { responseProtection: { mode: "bogus" } }],
  ["responseProtection.failureMode", { responseProtection: { failureMode: "open" } }],
  ["responseProtection.allowNonJson", { responseProtection: { allowNonJson: 1 } }],
  ["responseProtection.allowCompressed", { responseProtection: { allowCompressed: null } }],
  ["responseProtection.maxBytes", { responseProtection: { maxBytes: 0 } }],
  ["responseProtection.scanNumbers", { responseProtection: { scanNumbers: "x" } }],
  ["streaming.requestMode", { streaming: { requestMode: "allow" } }],
  ["streaming.responseMode", { streaming: { responseMode: "block" } }],
  ["streaming.maxMatchBytes", { streaming: { maxMatchBytes: 0 } }],
  ["limits.maxRequestBytes", { limits: { maxRequestBytes: 0 } }],
  ["limits.maxNestingDepth", { limits: { maxNestingDepth: 1.5 } }],
  ["limits.upstreamTimeoutMs", { limits: { upstreamTimeoutMs: 0 } }],
  ["limits.upstreamTimeoutMs", { limits: { upstreamTimeoutMs: 2_147_483_648 } }],
  ["limits.maxInFlight", { limits: { maxInFlight: -1 } }],
  ["limits.shutdownGraceMs", { limits: { shutdownGraceMs: -1 } }],
  ["limits.requestTimeoutMs", { limits: { requestTimeoutMs: "5" } }],
  ["limits.headersTimeoutMs", { limits: { headersTimeoutMs: -1 } }],
  ["policy.mode", { policy: { mode: "bogus" } }],
  ["policy.presets[0]", { policy: { presets: ["bogus"] } }],
  ["policy.defaultAction", { policy: { defaultAction: "drop" } }],
  ["policy.actions.card", { policy: { actions: { card: "drop" } } }],
  ["policy.actions.E-Mail", { policy: { actions: { "E-Mail": "mask" } } }],
  ["policy.allowUnsafeOverrides", { policy: { allowUnsafeOverrides: "x" } }],
  ["policy.bundlePath", { policy: { bundlePath: "" } }],
  ["policy.profiles", { policy: { profiles: [] } }],
  ["policy.profileBinding", { policy: { profiles } }],
  ["policy.profileBinding", { policy: { profiles, profileBinding: "guests" } }],
  ["policy.profileBinding.default", { policy: { profiles, profileBinding: {} } }],
  ["policy.profileBinding.default", { policy: { profiles, profileBinding: { default: "absent" } } }],
  ["policy.profileBinding.default", { policy: { profileBinding: { default: "guests" } } }],
  [
    "policy.profileBinding.byScope.admin",
    { policy: { profiles, profileBinding: { default: "guests", byScope: { admin: "toString" } } } },
  ],
  [
    "policy.profileBinding.byLabel.team=a",
    { policy: { profiles, profileBinding: { default: "guests", byLabel: { "team=a": "absent" } } } },
  ],
  [
    "policy.profileBinding.byLabel.team",
    { policy: { profiles, profileBinding: { default: "guests", byLabel: { team: "guests" } } } },
  ],
  ["policy.profiles.a.bogus", { policy: { profiles: { a: { bogus: 1 } }, profileBinding: { default: "a" } } }],
  ["policy.modelAllowlist[1]", { policy: { modelAllowlist: ["a", 1] } }],
  ["policy.rate.requestsPerMinute", { policy: { rate: { requestsPerMinute: 0 } } }],
  ["policy.budget.requestsPerDay", { policy: { budget: { requestsPerDay: 0 } } }],
  ["policy.budget.bytesPerDay", { policy: { budget: { bytesPerDay: 1.5 } } }],
  ["policy.rate.requestsPerMinute", { policy: { rate: {} } }],
  ["filters.customRules", { filters: { customRules: {} } }],
  ["filters.customRules[0].id", { filters: { customRules: [{ ...rule, id: "" }] } }],
  ["filters.customRules[1].id", { filters: { customRules: [rule, rule] } }],
  ["filters.customRules[0].type", { filters: { customRules: [{ ...rule, type: "A B" }] } }],
  ["filters.customRules[0].pattern", { filters: { customRules: [{ ...rule, pattern: "a".repeat(501) }] } }],
  ["filters.customRules[0].pattern", { filters: { customRules: [{ id: "a", type: "a" }] } }],
  ...["(a+)+", "(a)\\1", "(?<n>a)\\k<n>", "(", "(?<=ab)c"].map((pattern): [string, unknown] => [
    "filters.customRules[0].pattern",
    { filters: { customRules: [{ ...rule, pattern }] } },
  ]),
  ["filters.customRules[0].flags", { filters: { customRules: [{ ...rule, flags: "x" }] } }],
  ["filters.customRules[0].flags", { filters: { customRules: [{ ...rule, flags: "gg" }] } }],
  ["filters.customRules[0].flags", { filters: { customRules: [{ ...rule, flags: "vu" }] } }],
  ["filters.customRules[0].confidence", { filters: { customRules: [{ ...rule, confidence: 2 }] } }],
  ["filters.minConfidence", { filters: { minConfidence: 1.1 } }],
  ["filters.minConfidence", { filters: { minConfidence: Number.NaN } }],
  ["filters.allowlist", { filters: { allowlist: "a" } }],
  ["filters.allowlist[0]", { filters: { allowlist: [""] } }],
  ["filters.allowlist[0]", { filters: { allowlist: [{}] } }],
  ["filters.allowlist[0]", { filters: { allowlist: [1] } }],
  ["filters.allowlist[0].value", { filters: { allowlist: [{ value: 1 }] } }],
  ["filters.decodeAndRescan", { filters: { decodeAndRescan: "x" } }],
  ["keys.provider", { keys: { provider: "kms" } }],
  ["keys.keyFile", { keys: { keyFile: "" } }],
  ["audit.sink", { audit: { sink: "syslog" } }],
  ["audit.path", { audit: { path: 1 } }],
  ["audit.anchor.mode", { audit: { anchor: { mode: "s3" } } }],
  ["audit.anchor.path", { audit: { anchor: { mode: "file", path: "" } } }],
  ["audit.anchor.everyRecords", { audit: { anchor: { everyRecords: 0 } } }],
  ["audit.segments.maxBytes", { audit: { segments: { maxBytes: 100 } } }],
  ["audit.segments.daily", { audit: { segments: { daily: "yes" } } }],
  ["audit.anchor.bogus", { audit: { anchor: { bogus: 1 } } }],
  ["tokenVault.provider", { tokenVault: { provider: "redis" } }],
  ["tokenVault.revealPolicy", { tokenVault: { revealPolicy: "always" } }],
  ["tokenVault.retentionDays", { tokenVault: { retentionDays: 0 } }],
  ["tokenVault.retentionDays", { tokenVault: { retentionDays: 1e9 } }],
  ["tokenVault.deterministic", { tokenVault: { deterministic: 1 } }],
  ["tokenVault.deterministicTypes", { tokenVault: { deterministicTypes: [] } }],
  ["tokenVault.deterministicTypes[0]", { tokenVault: { deterministicTypes: [1] } }],
  ["tokenVault.detokenizeResponses", { tokenVault: { detokenizeResponses: 1 } }],
  ["privacy.profile", { privacy: { profile: "uk-gdpr" } }],
  ["logging.format", { logging: { format: "xml" } }],
  ["metrics.enabled", { metrics: { enabled: 1 } }],
  ["auth.provider", { auth: { provider: "basic" } }],
  ["auth.store", { auth: { store: "" } }],
  ["auth.allowedLabelKeys[0]", { auth: { allowedLabelKeys: [1] } }],
  ["auth.plugin", { auth: { provider: "plugin" } }],
  ["auth.provider", { auth: { provider: "plugin", plugin } }],
  ["plugins.enabled", { auth: { provider: "plugin", plugin }, plugins: { enabled: false } }],
  ["plugins.enabled", { plugins: { enabled: 1 } }],
  ["auth.plugin.manifestPath", { auth: { plugin: { ...plugin, manifestPath: undefined } } }],
  ["auth.plugin.trustAnchors", { auth: { plugin: { ...plugin, trustAnchors: [] } } }],
  ["auth.plugin.trustAnchors", { auth: { plugin: { ...plugin, trustAnchors: {} } } }],
  ["auth.plugin.trustAnchors[0].publicKey", { auth: { plugin: { ...plugin, trustAnchors: [{ keyId: "a" }] } } }],
  ["auth.plugin.allowCapabilities", { auth: { plugin: { ...plugin, allowCapabilities: [] } } }],
  ["auth.plugin.allowCapabilities", { auth: { plugin: { ...plugin, allowCapabilities: ["networkEgress"] } } }],
  [
    "auth.plugin.allowCapabilities[1]",
    { auth: { plugin: { ...plugin, allowCapabilities: ["readsCredentials", "x"] } } },
  ],
  ["auth.plugin.isolation", { auth: { plugin: { ...plugin, isolation: "none" } } }],
  ["auth.plugin.timeoutMs", { auth: { plugin: { ...plugin, timeoutMs: 0 } } }],
  ["auth.plugin.resourceLimits", { auth: { plugin: { ...plugin, resourceLimits: undefined } } }],
  [
    "auth.plugin.resourceLimits.maxOldGenerationSizeMb",
    { auth: { plugin: { ...plugin, resourceLimits: { maxOldGenerationSizeMb: 0 } } } },
  ],
  ["auth.plugin.netEnforcement", { auth: { plugin: { ...plugin, netEnforcement: "none" } } }],
  ["auth.plugin.keyMaterial", { auth: { plugin: { ...plugin, keyMaterial: { url: "https://keys.example/a" } } } }],
  [
    "auth.plugin.keyMaterial.url",
    { auth: { plugin: { ...plugin, isolation: "process", keyMaterial: { url: "http://keys.example/a" } } } },
  ],
  ["auth.plugin.pin.entrySha256", { auth: { plugin: { ...plugin, pin: { entrySha256: "AB" } } } }],
  ["auth.plugin.revoked.signerKeyIds", { auth: { plugin: { ...plugin, revoked: { signerKeyIds: "a" } } } }],
  ["auth.plugin.versionFloor.p", { auth: { plugin: { ...plugin, versionFloor: { p: "latest" } } } }],
  ["auth.plugin.maxPendingCalls", { auth: { plugin: { ...plugin, maxPendingCalls: 0 } } }],
  ["auth.plugin.maxMessageBytes", { auth: { plugin: { ...plugin, maxMessageBytes: 0 } } }],
  ["auth.plugin.coreVersion", { auth: { plugin: { ...plugin, coreVersion: "1" } } }],
  ["mcp.allowedMethods", { mcp: { allowedMethods: [] } }],
  ["mcp.allowedMethods[0]", { mcp: { allowedMethods: [1] } }],
  ["mcp.protectParams", { mcp: { protectParams: 1 } }],
  ["mcp.protectResults", { mcp: { protectResults: 1 } }],
  ["mcp.requireJsonRpc", { mcp: { requireJsonRpc: 1 } }],
  ["mcp.maxMessageBytes", { mcp: { maxMessageBytes: 0 } }],
];

for (const [path, input] of refused) {
  test(`refuses ${inspect(input, { depth: 6, breakLength: Infinity, maxStringLength: 40 })}, naming ${path}`, () => {
    const problems = problemsOf(input);
    assert.ok(
      problems.some((problem) => problem.path === path),
      `only ${problems.map((problem) => problem.path).join(", ")} is named`,
    );
  });
}

const accepted: readonly unknown[] = [
  {},
  { $schema: "./config.schema.json" },
  { configVersion: 1 },
  { target: { upstream: "https://[::1]:8443/base/path" } },
  { target: { auth: { keyFile: "key", header: "authorization" } } },
  { proxy: { trustedHops: ["10.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32", "0.0.0.0/0"] } },
  { proxy: { allowedHosts: ["gateway", "a_b.example"], allowedOrigins: ["http://[::1]:3000", "https://a.example"] } },
  { proxy: { port: 0, tls: { keyFile: "a", certFile: "b" } } },
  { proxy: { tls: { pfxFile: "a" } } },
  { limits: { requestTimeoutMs: 0, headersTimeoutMs: null } },
  {
    policy: {
      profiles,
      profileBinding: { default: "guests", byScope: { admin: "staff" }, byLabel: { "team=a": "staff" } },
    },
  },
  { policy: { modelAllowlist: [] } },
  {
    filters: {
      customRules: [rule, { ...rule, id: "other", flags: "giu" }],
      allowlist: ["a", { value: "b", path: "c" }],
    },
  },
  { auth: { plugin } },
  { auth: { plugin: { ...plugin, trustAnchors: { k1: "abc" }, isolation: "process", resourceLimits: undefined } } },
  { mcp: { allowedMethods: ["*"] } },
];

for (const input of accepted) {
  test(`accepts ${inspect(input, { depth: 6, breakLength: Infinity })}`, () => {
    parseConfig(input);
  });
}

test("an unknown key is refused in every object there is", () => {
  const complete = {
    ...JSON.parse(JSON.stringify(defaultConfig())),
    proxy: { tls: { keyFile: "a", certFile: "b" } },
    policy: {
      profiles,
      profileBinding: { default: "guests", byScope: {}, byLabel: {} },
      rate: { requestsPerMinute: 1 },
    },
    filters: { customRules: [rule], allowlist: [{ value: "a" }] },
    auth: {
      plugin: { ...plugin, pin: {}, revoked: {}, keyMaterial: { url: "https://keys.example" }, isolation: "process" },
    },
  };
  parseConfig(complete);
  for (const path of objectPaths(complete)) {
    const input = structuredClone(complete);
    const at = path.reduce((object, name) => object[name], input);
    at.bogus = { not: "a value of any map either" };
    assert.throws(() => parseConfig(input), `accepts a bogus key in ${path.join(".")}`);
  }
});

test("all problems are reported at once, one a line", () => {
  const error = refusal({ bogus: 1, mode: "x", proxy: { port: -1, tls: { keyFile: "a" } }, auth: { plugin: {} } });
  assert.deepEqual(
    error.message
      .split("\n")
      .slice(1)
      .map((line) => line.split(":")[0]),
    [
      "mode",
      "proxy.port",
      "auth.plugin.manifestPath",
      "auth.plugin.trustAnchors",
      "auth.plugin.allowCapabilities",
      "auth.plugin.timeoutMs",
      "bogus",
      "proxy.tls.certFile",
      "auth.plugin.resourceLimits",
    ],
  );
});

test("a problem says what was expected", () => {
  assert.match(
    refusal({ policy: { actions: { card: "drop" } } }).message,
    /^policy\.actions\.card: expected one of allow, redact, mask, tokenize, encrypt, block$/m,
  );
});

test("no message repeats a value, or a name that could be one", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/]{40,60}$/);
  const paths = memberPaths(defaultConfig());
  fc.assert(
    fc.property(secret, fc.constantFrom(...paths), fc.constantFrom("value", "list", "name"), (text, path, place) => {
      const wrong = place === "value" ? { [text]: text } : place === "list" ? [{ a: text }, text] : { [text]: 1 };
      const input = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), wrong);
      try {
        parseConfig(input);
      } catch (error) {
        assert.ok(!inspect(error, { depth: 9 }).includes(text));
      }
    }),
    { numRuns: 300 },
  );
});

test("no input makes anything but a configuration or a list of problems", () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.constantFrom("policy", "proxy", "filters", "auth", "target", "plugins"),
      (value, name) => {
        for (const input of [value, { [name]: value }]) {
          try {
            parseConfig(input);
          } catch (error) {
            assert.ok(isHaechiError(error, "CONFIG_INVALID"), String(error));
            assert.ok(configProblems(error).length > 0);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("the defaults are those of the contract, and of the keys beyond it", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(defaultConfig())), {
    configVersion: 1,
    mode: "dry-run",
    target: {
      type: "llm-http",
      adapter: "openai-compatible",
      upstream: "http://127.0.0.1:9999",
      health: { failures: 3, coolDownMs: 10_000, checkPath: null, checkIntervalMs: 10_000, checkTimeoutMs: 5000 },
      addresses: "any",
      pool: { connections: 256, pending: 1024, keepAliveMs: 4000 },
      timeouts: { connectMs: 10_000, queueMs: 30_000, headersMs: null, idleMs: null, totalMs: 3_600_000 },
      unknown: "scan",
    },
    proxy: {
      host: "127.0.0.1",
      port: 11_016,
      tls: null,
      clientAddressHeader: "x-forwarded-for",
      workers: 1,
      reloadOnChange: true,
      http2: true,
      proxyProtocol: "off",
      trustForwardedProto: false,
    },
    responseProtection: {
      enabled: false,
      mode: "enforce",
      failureMode: "fail-closed",
      allowNonJson: false,
      allowCompressed: false,
      decodeCompressed: true,
      restoreIntoUrls: false,
      maxBytes: 1_048_576,
      scanNumbers: false,
    },
    streaming: { requestMode: "block", responseMode: "enforce", maxMatchBytes: 256 },
    limits: {
      maxRequestBytes: 1_048_576,
      maxNestingDepth: 256,
      upstreamTimeoutMs: 120_000,
      maxInFlight: 0,
      maxLoopDelayMs: 0,
      shutdownDelayMs: 0,
      shutdownGraceMs: 10_000,
      requestTimeoutMs: null,
      headersTimeoutMs: null,
    },
    policy: {
      presets: ["korean-pii", "secrets-only", "llm-redact"],
      defaultAction: "redact",
      actions: { card: "block" },
      allowUnsafeOverrides: false,
    },
    filters: {
      customRules: [],
      minConfidence: 0,
      allowlist: [],
      externalDetectors: [],
      injectionDirections: ["response"],
      media: { image: "allow", audio: "allow", video: "allow", file: "allow" },
      tokenIds: "block",
      decodeAndRescan: false,
    },
    keys: { provider: "local", keyFile: ".haechi/dev.keys.json", passphraseFile: null },
    audit: {
      sink: "jsonl",
      path: ".haechi/audit.jsonl",
      anchor: { mode: "none", path: ".haechi/audit.anchor.jsonl", everyRecords: 1 },
      segments: { maxBytes: null, daily: false },
      pseudonyms: { enabled: false, path: ".haechi/audit-pseudonyms.sqlite" },
    },
    tokenVault: {
      provider: "local",
      path: ".haechi/token-vault.sqlite",
      revealPolicy: "disabled",
      retentionDays: 30,
      deterministic: false,
      deterministicTypes: null,
      detokenizeResponses: false,
    },
    privacy: { profile: null },
    logging: { format: "text" },
    metrics: { enabled: true },
    telemetry: {
      traces: { enabled: false, endpoint: "http://127.0.0.1:4318/v1/traces", serviceName: "haechi", sampleRatio: 1 },
    },
    auth: {
      provider: "none",
      store: ".haechi/auth.json",
      header: "authorization",
      allowedLabelKeys: ["team", "env", "tier", "role"],
    },
    plugins: { enabled: true },
    mcp: {
      allowedMethods: [
        "initialize",
        "tools/list",
        "tools/call",
        "resources/list",
        "resources/templates/list",
        "resources/read",
        "resources/subscribe",
        "resources/unsubscribe",
        "prompts/list",
        "prompts/get",
        "completion/complete",
        "logging/setLevel",
        "notifications/initialized",
        "notifications/roots/list_changed",
        "ping",
        "tasks/list",
        "tasks/get",
        "tasks/result",
        "tasks/cancel",
        "notifications/cancelled",
        "notifications/progress",
        "notifications/tasks/status",
        "server/discover",
        "subscriptions/listen",
        "tasks/update",
      ],
      protectParams: true,
      protectResults: true,
      tools: { allow: ["*"], deny: [], ask: [], rules: [] },
      pin: "off",
      pinFile: "haechi.mcp-lock.json",
      requireJsonRpc: true,
      maxMessageBytes: 8_388_608,
    },
  });
});

test("objects merge over the defaults, actions type by type; lists replace", () => {
  const config = parseConfig({
    policy: { actions: { email: "mask" }, presets: [] },
    audit: { anchor: { mode: "stdout" } },
    mcp: { allowedMethods: ["ping"] },
  });
  assert.deepEqual(config.policy.actions, { card: "block", email: "mask" });
  assert.deepEqual(config.policy.presets, []);
  assert.equal(config.audit.anchor.everyRecords, 1);
  assert.deepEqual(config.mcp.allowedMethods, ["ping"]);
});

test("a configuration that was parsed parses to itself", () => {
  const config = parseConfig({
    proxy: { tls: { pfxFile: "a", passphrase: "open sesame" } },
    policy: { mode: "enforce" },
  });
  assert.deepEqual(parseConfig(config), config);
});

test("a parsed configuration cannot be changed, nor can the next one's defaults", () => {
  const config = parseConfig({});
  assert.throws(() => (config.policy.presets as string[]).push("strict-block"), TypeError);
  assert.throws(() => Object.assign(config.proxy, { port: 1 }), TypeError);
});

test("forwarded headers are named once each", () => {
  assert.deepEqual(parseConfig({ target: { forwardHeaders: ["x-a", "x-b", "x-a"] } }).target.forwardHeaders, [
    "x-a",
    "x-b",
  ]);
});

test("a pass phrase is shown by nothing that prints a configuration", () => {
  const passphrase = "open sesame";
  const { tls } = parseConfig({ proxy: { tls: { pfxFile: "a", passphrase } } }).proxy;
  assert.ok(tls !== null && "pfxFile" in tls && tls.passphrase !== undefined);
  for (const printed of [JSON.stringify(tls), inspect(tls), `${tls.passphrase}`])
    assert.ok(!printed.includes(passphrase));
  assert.equal(tls.passphrase.reveal(), passphrase);
});

function problemsOf(input: unknown) {
  return configProblems(refusal(input));
}

function refusal(input: unknown): Error {
  try {
    parseConfig(input);
  } catch (error) {
    if (isHaechiError(error, "CONFIG_INVALID")) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "the configuration is accepted" });
}

function memberPaths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [[...path, name], ...memberPaths(member, [...path, name])]);
}

function objectPaths(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, member]) => objectPaths(member, [...path, name]));
  return Array.isArray(value) ? inner : [path, ...inner];
}

function upstreamNamed(name: string, more: object = {}) {
  return { name, baseUrl: "http://127.0.0.1", ...more };
}
