import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ContainerRows, LeafRows } from "./table-builder.ts";

describe("table rows", () => {
  it("are copied into tables that later rows do not touch, however many there are", () => {
    for (const count of [0, 1, 16, 17, 300, 1024]) {
      const rows = new LeafRows();
      const fill = (base: number) => {
        for (let row = 0; row < count; row++) {
          rows.kind[row] = (base + row) & 0x7f;
          rows.start[row] = base + row;
          rows.end[row] = base + row + 1;
          rows.flags[row] = (base + row + 2) & 0x7f;
          rows.container[row] = base + row + 3;
          rows.slot[row] = base + row + 4;
        }
      };
      fill(5);
      const table = rows.build(count);
      fill(100_000);
      const expected = (more: number) => Array.from({ length: count }, (_, row) => 5 + row + more);
      assert.equal(table.count, count);
      assert.deepEqual([...table.start], expected(0));
      assert.deepEqual([...table.end], expected(1));
      assert.deepEqual([...table.container], expected(3));
      assert.deepEqual([...table.slot], expected(4));
      const narrow = (more: number) => expected(more).map((value) => value & 0x7f);
      assert.deepEqual([...table.kind], narrow(0));
      assert.deepEqual([...table.flags], narrow(2));
    }
  });

  it("are kept when there are more of them, and are few again after a large document", () => {
    const rows = new ContainerRows();
    const first = rows.kind.length;
    for (let row = 0; row < 200_000; row++) {
      if (row === rows.kind.length) rows.grow();
      rows.kind[row] = row % 2;
      rows.parent[row] = row - 1;
      rows.slot[row] = row + 1;
    }
    const { kind, parent, slot } = rows.build(200_000);
    assert.ok(kind.every((value, row) => value === row % 2 && parent[row] === row - 1 && slot[row] === row + 1));
    rows.shrink();
    assert.equal(rows.kind.length, first);
  });
});
