import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { Ajv } from "ajv";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Service } from "kubernetes-models/v1/Service";
import { parseAllDocuments } from "yaml";
import { checkConfig } from "../../src/config/parse.ts";
import { readText, readYaml, root } from "../support/deploy-files.ts";
import { renderTemplates, type Value } from "../support/helm-template.ts";
import { tempFolder } from "../support/temp-folder.ts";

const CHART = "deploy/helm/haechi";
const chart = readYaml(`${CHART}/Chart.yaml`);
const values = readYaml(`${CHART}/values.yaml`);
const areValid = new Ajv({ strict: false }).compile<Manifest>(JSON.parse(readText(`${CHART}/values.schema.json`)));

/** What operators set, from little to everything. */
const CASES: Readonly<Record<string, object>> = {
  "behind a TLS proxy": { behindTlsProxy: true },
  "https, with every secret": {
    tls: { secretName: "gateway-tls" },
    keyPassphrase: { secretName: "gateway-keys" },
    upstreamKey: { secretName: "openai", secretKey: "api-key" },
    metricsToken: { secretName: "scrape", secretKey: "bearer" },
    serviceMonitor: { enabled: true },
  },
  "everything that can be set": {
    tls: { secretName: "gateway-tls" },
    image: { digest: `sha256:${"0123456789abcdef".repeat(4)}` },
    imagePullSecrets: [{ name: "registry" }],
    replicas: 3,
    config: { auth: { provider: "none" }, filters: { minConfidence: 0.5 } },
    persistence: { storageClassName: "fast", annotations: { "example.com/backup": "daily" } },
    service: { annotations: { "example.com/scope": "internal" } },
    serviceMonitor: { enabled: true, labels: { release: "prometheus" } },
    podAnnotations: { "example.com/owner": "platform" },
    podLabels: { tier: "gateway" },
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "ai", effect: "NoSchedule" }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
    ],
    priorityClassName: "important",
  },
  "as little as can be": {
    behindTlsProxy: true,
    networkPolicy: { enabled: false },
    podDisruptionBudget: { enabled: false },
  },
};

describe("the Helm chart", () => {
  it("is of the version of the package", () => {
    const { version } = JSON.parse(readText("packages/haechi/package.json"));
    assert.deepEqual([chart.version, chart.appVersion], [version, version]);
  });

  it("has a schema that knows each of its values, and takes them as they are", () => {
    assert.ok(areValid(values), JSON.stringify(areValid.errors));
    const { properties } = JSON.parse(readText(`${CHART}/values.schema.json`));
    const known = Object.keys(properties).filter((name) => name !== "global");
    assert.deepEqual(known.toSorted(), Object.keys(values).toSorted());
  });

  it("refuses values that would not do what they seem to", () => {
    const refused = {
      "tokens that one replica does not know of the other": { replicas: 2 },
      "a misspelt value": { networkpolicy: { enabled: false } },
      "an address of the gateway's own": { config: { proxy: { host: "127.0.0.1" } } },
      "a policy that would let everybody in": { networkPolicy: { from: [] } },
      "a token of metrics in no secret": { config: { metrics: { tokenFile: "token" } } },
      "a mode that there is not": { config: { mode: "enforced" } },
    };
    for (const [name, given] of Object.entries(refused)) assert.equal(areValid(withDefaults(given)), false, name);
    assert.throws(() => render({}), /set tls.secretName, or behindTlsProxy/);
  });

  for (const [name, given] of Object.entries(CASES)) {
    it(`renders objects that Kubernetes knows: ${name}`, async (test) => {
      const objects = render(given);
      for (const object of objects) new MODELS[object.kind]!(object).validate();
      await refuseUnknownMembers(test, objects);
    });

    it(`renders the same as Helm: ${name}`, { skip: missing("helm") }, async (test) => {
      const file = join(await tempFolder(test), "values.json");
      await writeFile(file, JSON.stringify(given));
      const flags = ["--namespace", "ai", "--values", file, "--api-versions", "monitoring.coreos.com/v1"];
      const text = execFileSync("helm", ["template", "edge", join(root, CHART), ...flags], { encoding: "utf8" });
      assert.deepEqual(byKind(documentsIn(text)), byKind(withoutChecksum(render(given), text)));
    });

    it(`gives the gateway a configuration that it takes: ${name}`, () => {
      const [map] = ofKind(render(given), "ConfigMap");
      const config = JSON.parse(map.data["haechi.config.json"]);
      const { problems } = checkConfig(config);
      // The certificate is where the pod runs.
      assert.deepEqual(
        problems.filter(({ path }) => !path.startsWith("proxy.tls.")),
        [],
      );
      assert.equal(config.proxy.tls === undefined, config.proxy.trustForwardedProto === true);
    });
  }

  it("runs without rights, on a root that it cannot write, and without a token of the cluster", () => {
    const { spec } = podOf({ behindTlsProxy: true });
    const [container] = spec.containers;
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.equal(spec.securityContext.runAsUser, 1000);
    assert.deepEqual(spec.securityContext.seccompProfile, { type: "RuntimeDefault" });
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    const writable = container.volumeMounts.filter(({ readOnly }: { readOnly?: boolean }) => readOnly !== true);
    assert.deepEqual(
      writable.map(({ mountPath }: { mountPath: string }) => mountPath),
      ["/var/lib/haechi", "/tmp"],
    );
    for (const key of ["hostNetwork", "hostPID", "hostIPC", "hostUsers"]) assert.equal(spec[key], undefined);
  });

  it("asks live whether to restart and ready whether to send requests, the way the gateway speaks", () => {
    for (const [given, scheme] of [
      [{ behindTlsProxy: true }, "HTTP"],
      [{ tls: { secretName: "gateway-tls" } }, "HTTPS"],
    ] as const) {
      const [container] = podOf(given).spec.containers;
      const asked = (path: string) => ({ path: `/__haechi/${path}`, port: "gateway", scheme });
      assert.deepEqual(container.startupProbe.httpGet, asked("live"));
      assert.deepEqual(container.livenessProbe.httpGet, asked("live"));
      assert.deepEqual(container.readinessProbe.httpGet, asked("ready"));
    }
  });

  it("finds its pods with every selector, and its port by every name", () => {
    const objects = render(CASES["https, with every secret"]!);
    const { metadata, spec } = podOf(CASES["https, with every secret"]!);
    const ports = spec.containers[0].ports.map(({ name }: { name: string }) => name);
    const [service] = ofKind(objects, "Service");
    const [budget] = ofKind(objects, "PodDisruptionBudget");
    const [policy] = ofKind(objects, "NetworkPolicy");
    const [set] = ofKind(objects, "StatefulSet");
    for (const selector of [
      service.spec.selector,
      budget.spec.selector.matchLabels,
      policy.spec.podSelector.matchLabels,
      set.spec.selector.matchLabels,
    ]) {
      assert.ok(Object.keys(selector).length > 0);
      for (const [label, value] of Object.entries(selector)) assert.equal(metadata.labels[label], value);
    }
    assert.ok(ports.includes(service.spec.ports[0].targetPort));
    assert.ok(ports.includes(policy.spec.ingress[0].ports[0].port));
    assert.equal(set.spec.serviceName, service.metadata.name);
  });

  it("mounts each secret where the configuration looks for it", () => {
    const objects = render(CASES["https, with every secret"]!);
    const [map] = ofKind(objects, "ConfigMap");
    const { volumes, containers } = podOf(CASES["https, with every secret"]!).spec;
    const files = map.data["haechi.config.json"].match(/\/etc\/haechi\/[\w./]+/g);
    assert.equal(files.length, 5);
    for (const file of files) {
      const mount = containers[0].volumeMounts.find(({ mountPath }: { mountPath: string }) =>
        file.startsWith(`${mountPath}/`),
      );
      const { secret } = volumes.find(({ name }: { name: string }) => name === mount.name);
      const inside = file.slice(mount.mountPath.length + 1);
      // A secret of type kubernetes.io/tls has its keys by definition.
      const paths = secret.items?.map(({ path }: { path: string }) => path) ?? ["tls.crt", "tls.key"];
      assert.ok(paths.includes(inside), file);
    }
  });

  it("lets Prometheus show the token that the gateway asks for, and no other", () => {
    const [monitor] = ofKind(render(CASES["https, with every secret"]!), "ServiceMonitor");
    const { volumes } = podOf(CASES["https, with every secret"]!).spec;
    const { secret } = volumes.find(({ name }: { name: string }) => name === "metrics-token");
    const [endpoint] = monitor.spec.endpoints;
    assert.deepEqual(endpoint.authorization, {
      type: "Bearer",
      credentials: { name: secret.secretName, key: secret.items[0].key },
    });
    const [open] = ofKind(render({ behindTlsProxy: true, serviceMonitor: { enabled: true } }), "ServiceMonitor");
    assert.equal(open.spec.endpoints[0].authorization, undefined);
  });

  it("lets requests through to the port of the gateway alone, and keeps it from the metadata of a cloud", () => {
    const [policy] = ofKind(render({ behindTlsProxy: true }), "NetworkPolicy");
    assert.deepEqual(policy.spec.policyTypes, ["Ingress", "Egress"]);
    assert.equal(policy.spec.ingress.length, 1);
    assert.ok(policy.spec.ingress[0].from.length > 0);
    assert.deepEqual(policy.spec.egress[1].to[0].ipBlock.except, ["169.254.0.0/16"]);
  });

  it("waits longer for a stop than its endpoints take to go and the gateway to drain", () => {
    const { spec } = podOf({ behindTlsProxy: true });
    const waitsS = Number(spec.containers[0].lifecycle.preStop.exec.command[1]);
    const drainsS = values.config.limits.shutdownGraceMs / 1000;
    assert.ok(spec.terminationGracePeriodSeconds > waitsS + drainsS);
  });

  it("starts anew when the configuration has changed", () => {
    const checksum = (given: object) => podOf(given).metadata.annotations["checksum/config"];
    const before = checksum({ behindTlsProxy: true });
    assert.equal(checksum({ behindTlsProxy: true, replicas: 1 }), before);
    assert.notEqual(checksum({ behindTlsProxy: true, config: { mode: "dry-run" } }), before);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: manifests are checked by the schemas of their kinds.
type Manifest = any;

const MODELS: Readonly<Record<string, new (data: Manifest) => { validate(): void }>> = {
  ConfigMap,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceMonitor,
  StatefulSet,
};

function withDefaults(given: object): Manifest {
  return merge(values, given);
}

function merge(base: Manifest, over: Manifest): Manifest {
  if (!isMap(base) || !isMap(over)) return over;
  const entries = Object.entries(over).map(([key, value]) => [key, key in base ? merge(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(entries) };
}

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of the chart, as the release `edge` in the namespace `ai`. */
function render(given: object): readonly Manifest[] {
  const all = withDefaults(given);
  assert.ok(areValid(all), JSON.stringify(areValid.errors));
  const names = readdirSync(join(root, CHART, "templates"));
  const files = Object.fromEntries(names.map((name) => [name, readText(`${CHART}/templates/${name}`)]));
  const { name: Name, version: Version, appVersion: AppVersion } = chart;
  const rendered = renderTemplates(files, {
    Values: all as Value,
    Chart: { Name, Version, AppVersion },
    Release: { Name: "edge", Namespace: "ai", Service: "Helm" },
  });
  const manifests = Object.entries(rendered).filter(([name]) => name.endsWith(".yaml"));
  return manifests.flatMap(([, text]) => documentsIn(text));
}

function documentsIn(text: string): readonly Manifest[] {
  const documents = parseAllDocuments(text, { strict: true, uniqueKeys: true, version: "1.1" });
  assert.ok(Array.isArray(documents));
  for (const { errors } of documents) assert.deepEqual(errors, []);
  return documents.map((document) => document.toJS()).filter((document) => document !== null);
}

function ofKind(objects: readonly Manifest[], kind: string): readonly Manifest[] {
  return objects.filter((object) => object.kind === kind);
}

function podOf(given: object): Manifest {
  return ofKind(render(given), "StatefulSet")[0].spec.template;
}

function byKind(objects: readonly Manifest[]): readonly Manifest[] {
  return objects.toSorted((left, right) => left.kind.localeCompare(right.kind));
}

/** JSON can be spelled in more than one way; what it says is compared with the map that it is the sum of. */
function withoutChecksum(objects: readonly Manifest[], rendered: string): readonly Manifest[] {
  const [sum] = /(?<=checksum\/config: )[0-9a-f]{64}/.exec(rendered)!;
  for (const { spec } of ofKind(objects, "StatefulSet")) spec.template.metadata.annotations["checksum/config"] = sum;
  return objects;
}

/** The schemas let unknown members pass; the compiler does not. */
async function refuseUnknownMembers(test: { after(clean: () => void): void }, objects: readonly Manifest[]) {
  const folder = await tempFolder(test as Parameters<typeof tempFolder>[0]);
  await mkdir(join(folder, "node_modules"));
  for (const name of ["kubernetes-models", "@kubernetes-models"]) {
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  const lines = objects.map((object, n) => {
    const source = object.kind === "ServiceMonitor" ? "@kubernetes-models/prometheus-operator" : "kubernetes-models";
    const from = `${source}/${object.apiVersion}/${object.kind}`;
    return `import type { I${object.kind} as T${n} } from "${from}";\nexport const o${n}: T${n} = ${JSON.stringify(object)};`;
  });
  await writeFile(join(folder, "objects.ts"), lines.join("\n"));
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--types", ""];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags, "objects.ts"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
}

function missing(program: string): string | false {
  return spawnSync(program, ["version"]).error === undefined ? false : `${program} is not on this machine`;
}
