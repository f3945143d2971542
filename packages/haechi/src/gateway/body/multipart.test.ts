import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { multipartParts } from "./multipart.ts";

const read = (body: string) =>
  multipartParts(Buffer.from(body), "b").map(({ name, filename, types, content }) => {
    const text = (stretch: { start: number; end: number } | null) =>
      stretch === null ? null : Buffer.from(body).subarray(stretch.start, stretch.end).toString();
    return { name: text(name), filename: text(filename), types: types.map(text), content: text(content) };
  });
const field = (head: string, content = "x") => `--b\r\n${head}\r\n\r\n${content}\r\n--b--\r\n`;

describe("multipart bodies", () => {
  it("are the fields and files that they were made of", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((one) => one.isWellFormed());
    const name = fc.string({ unit: fc.constantFrom("a", "é", " ", ";", "=", "/"), minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, text, fc.boolean()), { minLength: 1, maxLength: 5 }), async (fields) => {
        const form = new FormData();
        for (const [key, value, isFile] of fields) {
          if (isFile) form.append(key, new Blob([value]), key);
          else form.append(key, value);
        }
        const response = new Response(form);
        const boundary = /boundary=(.+)$/.exec(response.headers.get("content-type")!)![1]!;
        const body = Buffer.from(await response.arrayBuffer());
        const parts = multipartParts(body, boundary).map((part) => [
          body.subarray(part.name!.start, part.name!.end).toString(),
          body.subarray(part.content.start, part.content.end).toString(),
          part.filename !== null,
        ]);
        const written = fields.map(([key, value, isFile]) => [
          key,
          isFile ? value : value.replaceAll(/\r\n|\r|\n/g, "\r\n"),
          isFile,
        ]);
        assert.deepEqual(parts, written);
      }),
      { numRuns: 100 },
    );
  });

  it("have names with and without quotes, and parts without content", () => {
    assert.deepEqual(
      read(field('Content-Disposition: form-data; name="a\\"b"; filename=c.txt\r\nContent-Type: text/csv')),
      [{ name: 'a\\"b', filename: "c.txt", types: ["text/csv"], content: "x" }],
    );
    assert.deepEqual(
      read("--b\r\n\r\n\r\n--b \r\n\r\ny\r\n--b--").map(({ content }) => content),
      ["", "y"],
    );
  });

  it("may have a thousand parts, and heads of eight kibibytes", () => {
    assert.equal(read(`${"--b\r\n\r\n\r\n".repeat(1000)}--b--`).length, 1000);
    const start = 'Content-Disposition: form-data; name="';
    const head = `${start}${"a".repeat(8192 - start.length - 1)}"`;
    assert.equal(read(field(head))[0]?.content, "x");
    assert.throws(() => read(field(head.replace("name", "name "))), { code: "REQUEST_BODY_MALFORMED" });
  });

  it("are refused when something in them has another reading, or nobody would look at it", () => {
    for (const body of [
      "",
      "x",
      "--b--trailing",
      "preamble\r\n--b\r\n\r\nx\r\n--b--",
      "--b\r\n\r\nx\r\n--b--\r\nminji@example.com",
      "--b\r\n\r\nx",
      "--b\n\nx\n--b--",
      "--bx\r\n\r\nx\r\n--b--",
      field("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''minji"),
      field('Content-Disposition: form-data; name="a"; name="b"'),
      field('Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"'),
      field('Content-Disposition: attachment; name="a"'),
      field("Content-Transfer-Encoding: base64"),
      field("X-Note: minji@example.com"),
      field("Content-Type: text/plain\r\n folded"),
      `${"--b\r\n\r\n\r\n".repeat(1001)}--b--`,
      "--b\r\nContent-Type: text/plain",
      field(`Content-Disposition: form-data; name="${"a".repeat(8192)}"`),
    ]) {
      assert.throws(() => read(body), { code: "REQUEST_BODY_MALFORMED" }, body.slice(0, 80));
    }
  });
});
