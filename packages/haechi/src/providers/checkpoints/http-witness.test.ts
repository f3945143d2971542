import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import type { HaechiError } from "../../core/errors.ts";
import { createHttpWitness } from "./http-witness.ts";

const SIGNATURE = `\u2014 witness.example/w1 ${Buffer.alloc(76, 1).toString("base64")}`;

const signedAt = (size: number, segment = 1) => ({
  checkpoint: { log: "example.org/log", segment, size, root: new Uint8Array(32) },
  note: `note of ${size}\n`,
});
/** A proof that says where it starts. */
const proveFrom = async (size: number) => [new Uint8Array([size])];

describe("createHttpWitness", () => {
  it("starts from nothing, and next time from what the witness took, for each segment of its own", async (t) => {
    const { url, asked } = await witnessThat(t, [{}, {}, {}]);
    const witness = createHttpWitness({ url });
    assert.deepEqual(await witness.witness(signedAt(3), proveFrom), [SIGNATURE]);
    await witness.witness(signedAt(5), proveFrom);
    await witness.witness(signedAt(2, 2), proveFrom);
    assert.deepEqual(asked, [
      "POST /w/add-checkpoint\nold 0\nAA==\n\nnote of 3\n",
      "POST /w/add-checkpoint\nold 3\nAw==\n\nnote of 5\n",
      "POST /w/add-checkpoint\nold 0\nAA==\n\nnote of 2\n",
    ]);
  });

  it("asks again from the size that the witness names, and only once", async (t) => {
    const { url, asked } = await witnessThat(t, [conflict("2\n"), {}, conflict("3"), conflict("4")]);
    assert.deepEqual(await createHttpWitness({ url }).witness(signedAt(5), proveFrom), [SIGNATURE]);
    assert.deepEqual(
      asked.map((text) => text.split("\n")[1]),
      ["old 0", "old 2"],
    );
    await assert.rejects(createHttpWitness({ url }).witness(signedAt(5), proveFrom), inconsistent);
    assert.equal(asked.length, 4);
  });

  it("takes a witness that has seen exactly as much, and none that has seen more", async (t) => {
    const { url, asked } = await witnessThat(t, [conflict("5"), {}, conflict("6")]);
    await createHttpWitness({ url }).witness(signedAt(5), proveFrom);
    await assert.rejects(createHttpWitness({ url }).witness(signedAt(5), proveFrom), inconsistent);
    assert.equal(asked.length, 3);
  });

  it("does not guess more than there is", async (t) => {
    const { url, asked } = await witnessThat(t, [{}, conflict("7")]);
    const witness = createHttpWitness({ url });
    await witness.witness(signedAt(7), proveFrom);
    await assert.rejects(witness.witness(signedAt(5), proveFrom), inconsistent);
    assert.match(asked[1]!, /^old 5$/m);
  });

  it("takes a conflict that names no size, and a proof that does not hold, for a log that does not go on", async (t) => {
    const named = (text: string) => conflict(text);
    const replies = [
      { status: 409, body: "2" },
      ...["", "02", "-1", "2\n\n", "1e3", "1234567890123456"].map(named),
      { status: 422 },
    ];
    const { url, asked } = await witnessThat(t, replies);
    for (const _ of replies) {
      await assert.rejects(createHttpWitness({ url }).witness(signedAt(5), proveFrom), inconsistent);
    }
    assert.equal(asked.length, replies.length);
  });

  it("tells a witness that refuses from one that is away, and remembers nothing of either", async (t) => {
    const { url, asked } = await witnessThat(t, [
      { status: 403 },
      { status: 307, location: "/elsewhere" },
      { body: "x".repeat(64 * 1024 + 1) },
      { body: `${"x".repeat(64 * 1024 - SIGNATURE.length - 3)}\n${SIGNATURE}` },
    ]);
    const witness = createHttpWitness({ url });
    await assert.rejects(witness.witness(signedAt(5), proveFrom), unwritable("witness_refused"));
    await assert.rejects(witness.witness(signedAt(5), proveFrom), unwritable("witness_unreachable"));
    await assert.rejects(witness.witness(signedAt(5), proveFrom), unwritable("witness_unreachable"));
    assert.deepEqual(await witness.witness(signedAt(5), proveFrom), [SIGNATURE]);
    assert.ok(asked.every((text) => text.includes("\nold 0\n")));
    assert.equal(asked.length, 4);
  });

  it("keeps of the reply nothing but signatures", async (t) => {
    const { url } = await witnessThat(t, [{ body: `hello\n${SIGNATURE}\n\n\u2014 half\n${SIGNATURE} x\n` }]);
    assert.deepEqual(await createHttpWitness({ url }).witness(signedAt(1), proveFrom), [SIGNATURE]);
  });
});

interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly location?: string;
  readonly body?: string;
}

function conflict(size: string): Reply {
  return { status: 409, type: "text/x.tlog.size; charset=utf-8", body: size };
}

async function witnessThat(
  t: TestContext,
  replies: readonly Reply[],
): Promise<{ readonly url: URL; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let text = `${request.method} ${request.url}\n`;
    for await (const piece of request) text += piece;
    const { status = 200, type = "text/plain", location, body = `${SIGNATURE}\n` } = replies[asked.length] ?? {};
    asked.push(text);
    response.writeHead(status, { "content-type": type, ...(location !== undefined && { location }) }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/w/`), asked };
}

function inconsistent(error: HaechiError): true {
  assert.deepEqual([error.code, error.reason], ["LOG_INCONSISTENT", "checkpoint_inconsistent"]);
  return true;
}

function unwritable(reason: string): (error: HaechiError) => true {
  return (error) => {
    assert.deepEqual([error.code, error.reason], ["AUDIT_UNWRITABLE", reason]);
    return true;
  };
}
