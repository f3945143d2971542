import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tokenize } from "../../core/document/tokenize.ts";
import { saidInstructions, withoutInstructions } from "./instructions.ts";
import { ITEM_KINDS, ITEM_LISTS, listedItems, withoutItems } from "./item-lists.ts";

const space = fc.constantFrom("", " ", "\n\t");
const item = fc.record({ name: fc.string(), uri: fc.string(), uriTemplate: fc.string(), more: fc.jsonValue() });
const read = (text: string) => tokenize(new TextEncoder().encode(text), { depthMax: 128 });

test("whichever items are left out of a list, the others and everything around them are as they were", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ITEM_KINDS),
      fc.array(fc.tuple(item, fc.boolean()), { maxLength: 8 }),
      fc.jsonValue(),
      space,
      (kind, marked, more, gap) => {
        const items = marked.map(([one]) => one);
        const list = `[${gap}${items.map((one) => gap + JSON.stringify(one) + gap).join(",")}]`;
        const around = (text: string) =>
          `{"jsonrpc":"2.0","result":${gap}{"more":${JSON.stringify(more)},"${kind}":${text}}}`;
        const document = read(around(list));
        const found = listedItems(document, kind);
        assert.ok(found !== null && found !== "unclear");
        const { named } = ITEM_LISTS[kind];
        assert.deepEqual(
          found.items.map(({ name }) => name),
          items.map((one) => one[named as "name" | "uri" | "uriTemplate"]),
        );
        const withheld = marked.map(([, isWithheld]) => isWithheld);
        const bytes = withoutItems(document.bytes, found, withheld);
        assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes)).result, {
          more: JSON.parse(JSON.stringify(more)),
          [kind]: JSON.parse(JSON.stringify(items.filter((_, index) => !withheld[index]))),
        });
        if (!withheld.includes(true)) assert.equal(bytes, document.bytes);
      },
    ),
  );
});

test("instructions are left out wherever they stand, in whatever letters", () => {
  const key = fc.constantFrom(
    "instructions",
    "INSTRUCTIONS",
    "instruction\\u0073",
    "inſtructions",
    "other",
    "serverInfo",
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, fc.constantFrom('"Add"', "{}", "1")), { maxLength: 6 }),
      space,
      (members, gap) => {
        const written = members.map(([name, value]) => `${gap}"${name}"${gap}:${value}${gap}`).join(",");
        const document = read(`{"id":1,"result":{${written}}}`);
        const said = saidInstructions(document);
        const isSaid = members.some(([name]) => name !== "other" && name !== "serverInfo");
        assert.equal(said !== null, isSaid);
        if (said === null) return;
        const isPlain = members.filter(([name]) => name !== "other" && name !== "serverInfo").length === 1;
        if (!isPlain) assert.equal(said.digest, null);
        const left = new TextDecoder().decode(withoutInstructions(document, said));
        assert.deepEqual(Object.keys(JSON.parse(left)), ["id", "result"]);
        assert.doesNotMatch(left, /in[sſ]truction/i);
      },
    ),
  );
});

test("a list that parsers could read differently is none that can be told", () => {
  for (const text of [
    '{"result":{"tools":[],"tools":[{}]}}',
    '{"result":{"tools":[],"TOOLS":[{}]}}',
    '{"result":{"Tools":[]}}',
    '{"result":{"tools":{"0":{"name":"add"}}}}',
    '{"result":{"tools":"add"}}',
  ]) {
    assert.equal(listedItems(read(text), "tools"), "unclear", text);
  }
  for (const text of ['{"result":[]}', '{"result":{}}', '{"error":{"tools":[]}}', '{"result":{"prompts":[]}}']) {
    assert.equal(listedItems(read(text), "tools"), null, text);
  }
  const unnamed = listedItems(read('{"result":{"tools":[{"name":1},{"name":"a","Name":"b"},{},7,null]}}'), "tools");
  assert.ok(unnamed !== null && unnamed !== "unclear");
  assert.deepEqual(
    unnamed.items.map(({ name }) => name),
    [null, null, null, null, null],
  );
});
