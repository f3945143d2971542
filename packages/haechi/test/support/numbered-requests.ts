import type { AuditEntry } from "../../src/core/audit/event.ts";
import { shapeHash } from "../../src/core/document/shape.ts";
import { tokenize } from "../../src/core/document/tokenize.ts";
import type { RecordedRequest } from "./recording-upstream.ts";

/** The address that a numbered request holds. */
export function addressOf(number: number): string {
  return `user-${number}@example.org`;
}

/**
 * A chat request that can be told apart from all others, at the upstream by its number and in the audit log, which
 * holds no values, by its shape.
 */
export function numberedRequest(number: number): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: bodyOf(number) };
}

/** The number of a request as it reached the upstream. */
export function numberOf({ body }: RecordedRequest): number {
  return numberIn(body.toString("utf8"));
}

export function numberIn(body: string): number {
  const number = /number #(\d+)#/.exec(body)?.[1];
  if (number === undefined) throw new Error("not a numbered request");
  return Number(number);
}

/** The numbers that reached the upstream without a record that they may. */
export function unrecorded(requests: readonly RecordedRequest[], entries: readonly AuditEntry[]): readonly number[] {
  const passed = new Map<string, number>();
  for (const entry of entries) {
    if ("decision" in entry || entry.blocked || !entry.operation.startsWith("request:")) continue;
    passed.set(entry.payloadShapeHash, (passed.get(entry.payloadShapeHash) ?? 0) + 1);
  }
  return requests.map(numberOf).filter((number) => {
    const shape = shapeOfNumber(number);
    const left = passed.get(shape) ?? 0;
    // Each record is for one request.
    passed.set(shape, left - 1);
    return left < 1;
  });
}

/** What the records of a numbered request call its shape. */
export function shapeOfNumber(number: number): string {
  return shapeHash(tokenize(Buffer.from(bodyOf(number)), { depthMax: 16 }));
}

function bodyOf(number: number): string {
  const content = `number #${number}# of ${addressOf(number)}`;
  // A shape holds lengths: one text for each hexadecimal digit, as long as the digit says.
  const lengths = [...number.toString(16).padStart(6, "0")].map((digit) => "x".repeat(Number.parseInt(digit, 16)));
  return JSON.stringify({ model: "test-model", messages: [{ role: "user", content }], stop: lengths });
}
