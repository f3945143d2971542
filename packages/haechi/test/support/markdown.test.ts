import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readMarkdown } from "./markdown.ts";

describe("readMarkdown", () => {
  it("takes links from prose and not from code", () => {
    const page = readMarkdown("[a](x.md#y) `[b](no.md)` ![c](z.png)\n```\n[d](no.md)\n```\n[e](w(1).md)");
    assert.deepEqual(page.links, ["x.md#y", "z.png", "w(1).md"]);
    assert.deepEqual(page.codeSpans, ["[b](no.md)"]);
  });

  it("gives headings the anchors that GitHub gives them", () => {
    const page = readMarkdown("# A `b`, c_d\n## Same\n## Same ##\n```sh\n# no heading\n```\n### [Link](x) – 한글");
    assert.deepEqual([...page.anchors], ["a-b-c_d", "same", "same-1", "link--한글"]);
  });

  it("reads a block with its language and title, to the fence that closes it", () => {
    const { blocks } = readMarkdown("````ts a/b.ts\n```\nx\n```\n````\n  ```\n  y\n  ```");
    assert.deepEqual(blocks, [
      { language: "ts", title: "a/b.ts", code: "```\nx\n```" },
      { language: "", title: "", code: "  y" },
    ]);
  });
});
