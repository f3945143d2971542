import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readText } from "../support/deploy-files.ts";
import { tempFolder } from "../support/temp-folder.ts";

const text = readText("deploy/systemd/haechi.service");
const settings = readUnit(text);
const config = JSON.parse(readText("deploy/systemd/haechi.config.json"));

describe("the systemd unit", () => {
  it("starts the gateway with its configuration, as a user of its own, in its state directory", () => {
    assert.deepEqual(settings.get("Service.ExecStart"), [
      "/opt/haechi/bin/haechi proxy --config /etc/haechi/haechi.config.json",
    ]);
    for (const [name, value] of Object.entries(RUNS_AS)) assert.deepEqual(settings.get(`Service.${name}`), [value]);
  });

  it("has no rights, sees no home and no device, and writes nothing but its state", () => {
    for (const [name, value] of Object.entries(HARDENING)) {
      assert.deepEqual(settings.get(`Service.${name}`), [value], name);
    }
    assert.deepEqual(settings.get("Service.SystemCallFilter"), ["@system-service", "~@privileged @resources"]);
  });

  it("takes secrets as credentials, each one that the configuration reads", () => {
    const read = JSON.stringify(config).match(/(?<=\/run\/credentials\/haechi\.service\/)[\w-]+/g) ?? [];
    const loaded = settings.get("Service.LoadCredential")!.map((credential) => credential.split(":")[0]);
    assert.deepEqual(loaded.toSorted(), read.toSorted());
    assert.doesNotMatch(settings.get("Service.Environment")!.join(" "), /KEY|TOKEN|SECRET|PASS/i);
  });

  it("waits longer for a stop than the gateway drains, and promises no watchdog that the gateway does not serve", () => {
    assert.ok(Number(settings.get("Service.TimeoutStopSec")![0]) * 1000 > config.limits.shutdownGraceMs);
    assert.equal(settings.get("Service.WatchdogSec"), undefined);
    assert.deepEqual(settings.get("Service.Type"), ["exec"]);
  });

  it("is understood by systemd, which finds little to harden", { skip: missing("systemd-analyze") }, async (test) => {
    const unit = join(await tempFolder(test), "haechi.service");
    // The program is not installed where the tests run.
    await writeFile(unit, text.replace("/opt/haechi/bin/haechi", process.execPath));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
    execFileSync("systemd-analyze", ["security", "--offline=true", "--threshold=15", unit], { stdio: "pipe" });
  });
});

const RUNS_AS = {
  DynamicUser: "yes",
  User: "haechi",
  StateDirectory: "haechi",
  StateDirectoryMode: "0700",
  WorkingDirectory: "%S/haechi",
  UMask: "0077",
} as const;

const HARDENING = {
  CapabilityBoundingSet: "",
  NoNewPrivileges: "yes",
  ProtectSystem: "strict",
  ProtectHome: "yes",
  PrivateTmp: "yes",
  PrivateDevices: "yes",
  ProtectKernelTunables: "yes",
  RestrictNamespaces: "yes",
  RestrictAddressFamilies: "AF_INET AF_INET6 AF_UNIX AF_NETLINK",
  LimitCORE: "0",
} as const;

/** Every setting as `Section.Name`, with its values in their order (systemd.syntax). */
function readUnit(unit: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let section = "";
  for (const line of unit.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const head = /^\[(\w+)\]$/.exec(line);
    if (head !== null) {
      section = head[1]!;
      continue;
    }
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? assert.fail(`no setting: ${line}`);
    const key = `${section}.${name}`;
    found.set(key, [...(found.get(key) ?? []), value!]);
  }
  return found;
}

function missing(program: string): string | false {
  return spawnSync(program, ["--version"]).error === undefined ? false : `${program} is not on this machine`;
}
