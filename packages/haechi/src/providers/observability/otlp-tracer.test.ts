import assert from "node:assert/strict";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import fc from "fast-check";
import { recordingCollector } from "../../../test/support/recording-collector.ts";
import { selfSignedCertificate } from "../../../test/support/self-signed-certificate.ts";
import { systemRandom } from "../system/system-random.ts";
import { createOtlpTracer } from "./otlp-tracer.ts";
import { createPrometheusMetrics } from "./prometheus-metrics.ts";

describe("a tracer", () => {
  it("never lets text from outside into a span, nor an attribute that it does not know", async (test) => {
    const collector = await recordingCollector(test);
    const { tracer } = tracerFor(collector.endpoint);
    const texts = fc.sample(fc.string({ unit: "binary", minLength: 1, maxLength: 200 }), 100);
    for (const text of texts) {
      const attributes = { "haechi.route": text, "error.type": text, [text]: text };
      const trace = tracer.begin("POST", text, attributes);
      trace.step("inspect", attributes).end(attributes);
      trace.end(attributes);
    }
    await tracer.close();
    assert.equal(collector.spans.length, texts.length * 2);
    for (const { attributes, traceId } of collector.spans) {
      assert.deepEqual(Object.keys(attributes).toSorted(), ["error.type", "haechi.route"]);
      for (const value of Object.values(attributes)) assert.match(String(value), /^[A-Za-z0-9_.:/{}*-]{1,100}$/);
      assert.match(traceId, /^[0-9a-f]{32}$/);
    }
    assert.ok(collector.spans.some(({ attributes }) => attributes["haechi.route"] === "_OTHER"));
  });

  it("ends steps with their exchange, and each of them once", async (test) => {
    const collector = await recordingCollector(test);
    const { tracer } = tracerFor(collector.endpoint);
    const trace = tracer.begin("POST", null, {});
    const over = trace.step("record");
    over.end({ "haechi.findings": 1 });
    over.end({ "haechi.findings": 2 });
    trace.step("upstream");
    trace.end();
    trace.end({ "error.type": "late" });
    await tracer.close();
    assert.deepEqual(
      collector.spans.map(({ name, attributes }) => [name, attributes]),
      [
        ["record", { "haechi.findings": 1 }],
        ["upstream", {}],
        ["POST", {}],
      ],
    );
  });

  it("keeps no more spans than it says for a collector that does not answer, and counts the others", async (test) => {
    const collector = await recordingCollector(test, () => {});
    const { tracer, metrics } = tracerFor(collector.endpoint);
    for (let count = 0; count < 5000; count++) tracer.begin("POST", null, {}).end();
    assert.match(await metrics.render(), /^haechi_trace_spans_total\{outcome="dropped"\} 904$/m);
    await tracer.close();
  });

  it("sends nothing to a collector that cannot prove who it is, whatever the environment of the process says", async (test) => {
    const { key, cert } = selfSignedCertificate();
    let requests = 0;
    const server = createServer({ key, cert }, (_, response) => {
      requests += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    test.after(() => server.close());
    setVariable(test, "NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const { tracer, logged } = tracerFor(`https://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`);
    tracer.begin("POST", null, {}).end();
    await tracer.close();
    assert.equal(requests, 0);
    assert.deepEqual(logged, ["warn trace_export_failed"]);
  });
});

function tracerFor(endpoint: string) {
  const metrics = createPrometheusMetrics();
  const logged: string[] = [];
  const log = (level: string) => (event: string) => void logged.push(`${level} ${event}`);
  const tracer = createOtlpTracer({
    endpoint,
    headers: () => ({}),
    metrics,
    logger: { info: log("info"), warn: log("warn"), error: log("error") },
    random: systemRandom,
    serviceName: "haechi",
    serviceVersion: "0.0.0",
    sampleRatio: 1,
  });
  return { tracer, metrics, logged };
}

function setVariable(test: TestContext, name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  test.after(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}
