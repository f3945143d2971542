import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import forbiddenTargets from "ssrfcheck/tests/data/should-not-pass.js";
import { parseConfig } from "../../src/config/parse.ts";
import { isHaechiError } from "../../src/core/errors.ts";
import { parseIpAddress } from "../../src/core/net/ip-address.ts";
import { createJsonLogger } from "../../src/providers/observability/json-logger.ts";
import { createPrometheusMetrics } from "../../src/providers/observability/prometheus-metrics.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { openUpstreams } from "../../src/runtime/upstreams.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { answersIn, overRawSocket } from "./raw-socket.ts";

describe("a list of targets for forged requests", () => {
  it("reaches nothing but the upstream, whatever stands on the request line", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { gateway } = await startHaechi(test, upstream.url);
    const ports = connectedPorts(test);
    const counted = { refused: 0, forwarded: 0 };
    const lines = forbiddenTargets.flatMap((target) => [target, `/${target}`, `/v1/${target}`, `/x/..//${target}`]);
    for (const line of lines) {
      const before = upstream.requests.length;
      const request = `GET ${line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`;
      const received = await overRawSocket(gateway.port, [Buffer.from(request)]);
      const [answer] = answersIn(received);
      const sent = upstream.requests.slice(before);
      if (answer!.status === 200) {
        assert.deepEqual(
          sent.map(({ target }) => target),
          [line],
        );
        counted.forwarded += 1;
      } else {
        assert.ok([400, 403, 404].includes(answer!.status), `${line}: ${answer!.status}`);
        assert.equal(sent.length, 0, line);
        counted.refused += 1;
      }
    }
    const upstreamPort = Number(new URL(upstream.url).port);
    assert.deepEqual(
      [...ports].filter((port) => port !== gateway.port),
      [upstreamPort],
    );
    test.diagnostic(
      `${lines.length} lines: ${counted.refused} refused, ${counted.forwarded} plain paths of the upstream`,
    );
  });

  it("is no upstream where upstreams are public: no address of it is accepted", async (test) => {
    const ports = connectedPorts(test);
    const upstreams = forbiddenTargets.flatMap((target) => addressUrl(target) ?? []);
    for (const upstream of upstreams) {
      const metrics = createPrometheusMetrics();
      const output = { write: () => true };
      const logger = createJsonLogger(() => 0, { out: output, err: output });
      const open = () => {
        const config = parseConfig({ target: { upstream, addresses: "public" } });
        openUpstreams(config, undefined, { clock: systemClock, metrics, logger });
      };
      assert.throws(open, (error) => isHaechiError(error, "CONFIG_INVALID"), upstream);
    }
    assert.deepEqual([...ports], []);
    test.diagnostic(`${upstreams.length} of ${upstreams.length} addresses refused`);
  });

  it("is no upstream behind a name either", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url.replace("127.0.0.1", "localhost"), {
      target: { addresses: "public" },
    });
    const reply = await fetch(`${url}/v1/models`);
    assert.equal(reply.status, 502);
    assert.match(await reply.text(), /haechi_upstream_unreachable/);
    assert.equal(upstream.requests.length, 0);
  });
});

/** The ports that sockets of this process connect to from now on. */
function connectedPorts(test: TestContext): ReadonlySet<number> {
  const ports = new Set<number>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once("connect", () => ports.add(socket.remotePort!));
  };
  subscribe("net.client.socket", onSocket);
  test.after(() => unsubscribe("net.client.socket", onSocket));
  return ports;
}

/** The origin of a target whose host is an address, in whatever spelling; null for what is none. */
function addressUrl(target: string): string | null {
  const url = URL.parse(target) ?? URL.parse(`http://${target}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return parseIpAddress(url.hostname) === null ? null : url.origin;
}
