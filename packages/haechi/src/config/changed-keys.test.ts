import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changedKeys } from "./changed-keys.ts";
import { describeKeys } from "./describe/describe-keys.ts";
import { needsRestart } from "./needs-restart.ts";
import { parseConfig } from "./parse.ts";
import type { ConfigInput } from "./schema.ts";

describe("changed keys", () => {
  it("are none between equal configurations, however they are written", () => {
    assert.deepEqual(changed({}, { mode: "dry-run", limits: { maxInFlight: 0 } }), []);
    const pfx = { proxy: { tls: { pfxFile: "a.pfx", passphrase: "one" } } };
    assert.deepEqual(changed(pfx, structuredClone(pfx)), []);
  });

  it("are named with their section, in the order of the schema", () => {
    const after: ConfigInput = { limits: { maxInFlight: 3 }, mode: "enforce", target: { pool: { connections: 7 } } };
    assert.deepEqual(changed({}, after), ["mode", "target.pool.connections", "limits.maxInFlight"]);
  });

  it("are lists and objects as a whole, so that no name that an operator chose is told", () => {
    const binding = { profileBinding: { default: "secretProject" } };
    const before: ConfigInput = { policy: { ...binding, profiles: { secretProject: {} } } };
    const after: ConfigInput = {
      policy: { ...binding, profiles: { secretProject: { presets: ["llm-redact"] } }, actions: { email: "block" } },
    };
    assert.deepEqual(changed(before, after), ["policy.actions", "policy.profiles"]);
  });

  it("tell a section that is there from one that is not, and one pass phrase from another", () => {
    const files = { proxy: { tls: { keyFile: "k", certFile: "c" } } };
    assert.deepEqual(changed({}, files), ["proxy.tls.keyFile", "proxy.tls.certFile"]);
    const pfx = (passphrase: string): ConfigInput => ({ proxy: { tls: { pfxFile: "p", passphrase } } });
    assert.deepEqual(changed(pfx("one"), pfx("two")), ["proxy.tls.passphrase"]);
  });
});

describe("keys that need a restart", () => {
  it("are those of sockets, files and logins, and no others", () => {
    const paths = describeKeys().flatMap(({ keys }) => keys.map(({ path }) => path));
    const held = paths.filter(needsRestart);
    for (const path of ["proxy.port", "audit.path", "keys.keyFile", "tokenVault.path", "auth.store"]) {
      assert.ok(held.includes(path), path);
    }
    for (const path of [
      "mode",
      "policy.presets",
      "target.upstream",
      "limits.maxInFlight",
      "tokenVault.retentionDays",
    ]) {
      assert.ok(paths.includes(path) && !held.includes(path), path);
    }
  });
});

function changed(before: ConfigInput, after: ConfigInput): readonly string[] {
  return changedKeys(parseConfig(before), parseConfig(after));
}
