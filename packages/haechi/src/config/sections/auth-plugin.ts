import * as z from "zod/mini";
import { key, keysOf, requiredKey } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import {
  filePath,
  integer,
  listOf,
  mapOf,
  nonEmptyListOf,
  oneOf,
  TIMER_MAX_MS,
  text,
  textMatching,
} from "../value-kinds.ts";

/** What a plugin may be granted. */
const PLUGIN_CAPABILITIES = [
  "readsPlaintext",
  "writesPlaintext",
  "networkEgress",
  "fileWrite",
  "auditWrite",
  "externalSecrets",
  "readsCredentials",
] as const;

const anchorsExpected =
  "expected a list of {keyId, publicKey} or an object of key id to public key, with at least one entry";
const sha256 = textMatching(/^[0-9a-f]{64}$/, "a SHA-256 in 64 lower-case hex digits");
const version = textMatching(/^\d+\.\d+\.\d+$/, "a version A.B.C");
const httpsUrl = textMatching(/^[hH][tT][tT][pP][sS]:\/\/[^\s/?#@\\]+(?:[/?][^\s#]*)?$/, "an https URL");

const trustAnchors = z.union(
  [
    z
      .array(
        keysOf(
          {
            keyId: requiredKey("Key id that a signature names.", text),
            publicKey: requiredKey("Ed25519 public key.", text),
          },
          "expected an object with keyId and publicKey",
        ),
      )
      .check(z.minLength(1, { error: anchorsExpected })),
    mapOf(text, text).check(z.meta({ minProperties: 1 })),
  ],
  { error: anchorsExpected },
);

export const authPlugin = keysOf({
  manifestPath: requiredKey("The plugin manifest.", filePath),
  trustAnchors: requiredKey(
    "Public keys whose signatures are accepted: a list, or an object of key id to public key.",
    trustAnchors,
  ),
  allowCapabilities: requiredKey(
    "What the plugin may be granted; `readsCredentials` must be among it.",
    nonEmptyListOf(oneOf(PLUGIN_CAPABILITIES)).check(
      z.refine((names) => names.includes("readsCredentials"), {
        error: "expected readsCredentials among the capabilities",
      }),
      z.meta({ contains: { const: "readsCredentials" } }),
    ),
  ),
  isolation: key("Run it in a worker thread or in a process of its own.", oneOf(["worker", "process"]), "worker"),
  timeoutMs: requiredKey("How long one call may take.", integer(1, TIMER_MAX_MS)),
  resourceLimits: key(
    "Bounds on memory; required with `isolation: worker`, 128 MB with `isolation: process`.",
    keysOf({ maxOldGenerationSizeMb: requiredKey("Largest heap.", integer(1)) }),
  ),
  netEnforcement: key(
    "How network access is denied to a process.",
    oneOf(["require-permission"]),
    "require-permission",
  ),
  keyMaterial: key(
    "A key document that the gateway fetches for the plugin; only with `isolation: process`.",
    keysOf({
      url: requiredKey("Where it is.", httpsUrl.check(z.refine(URL.canParse, { error: "expected an https URL" }))),
      ttlMs: key("How long it is used.", integer(1)),
      cooldownMs: key("How long to wait after a failed fetch.", integer(0)),
      timeoutMs: key("How long a fetch may take.", integer(1, TIMER_MAX_MS)),
      maxBytes: key("Largest document.", integer(1)),
    }),
  ),
  pin: key(
    "Accept exactly this release.",
    keysOf({
      version: key("Its version.", version),
      entrySha256: key("Hash of its entry file.", sha256),
      manifestSha256: key("Hash of its manifest.", sha256),
    }),
  ),
  revoked: key(
    "Signatures and files that are refused.",
    keysOf({
      signerKeyIds: key("Keys that are no longer trusted.", listOf(text)),
      entrySha256: key("Entry files that are refused.", listOf(sha256)),
    }),
  ),
  versionFloor: key("Plugin id to the lowest version accepted.", mapOf(text, version)),
  maxPendingCalls: key("Calls that may wait; more are denied.", integer(1), 8),
  maxMessageBytes: key("Largest message to or from the plugin.", integer(1), 16_384),
  coreVersion: key("Version to hold against the range that the plugin was signed for.", version),
});

/** What the provider `plugin` needs, and what each isolation needs or forbids. */
export function authPluginProblems({ auth, plugins }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(auth)) return [];
  const problems: ConfigProblem[] = [];
  if (auth.provider === "plugin") {
    if (auth.plugin === undefined) {
      problems.push({ path: "auth.plugin", message: "expected an object: auth.provider is plugin" });
    }
    if (isRecord(plugins) && plugins.enabled === false) {
      problems.push({ path: "plugins.enabled", message: "expected true: auth.provider is plugin" });
    }
  }
  if (isRecord(auth.plugin)) problems.push(...isolationProblems(auth.plugin));
  return problems;
}

function isolationProblems({
  isolation = "worker",
  resourceLimits,
  keyMaterial,
  trustAnchors,
}: Readonly<Record<string, unknown>>): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (isolation === "worker" && resourceLimits === undefined) {
    problems.push({
      path: "auth.plugin.resourceLimits",
      message: "expected an object: isolation worker needs maxOldGenerationSizeMb",
    });
  }
  if (isolation === "worker" && keyMaterial !== undefined) {
    problems.push({ path: "auth.plugin.keyMaterial", message: "expected only with isolation process" });
  }
  if (isRecord(trustAnchors) && Object.keys(trustAnchors).length === 0) {
    problems.push({ path: "auth.plugin.trustAnchors", message: anchorsExpected });
  }
  return problems;
}
