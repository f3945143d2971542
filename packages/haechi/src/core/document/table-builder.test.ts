import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ContainerTableBuilder, LeafTableBuilder } from "./table-builder.ts";

describe("table builders", () => {
  it("hand out copies that later rows do not touch", () => {
    const leaves = new LeafTableBuilder();
    leaves.add(1, 2, 3, 4, 5, 6);
    const table = leaves.build();
    leaves.clear();
    leaves.add(9, 9, 9, 9, 9, 9);
    assert.deepEqual(
      [table.count, table.kind[0], table.start[0], table.end[0], table.flags[0], table.container[0], table.slot[0]],
      [1, 1, 2, 3, 4, 5, 6],
    );
  });

  it("keep every row when they grow, and start small again after a large document", () => {
    const containers = new ContainerTableBuilder();
    for (const rows of [200_000, 3]) {
      containers.clear();
      for (let row = 0; row < rows; row++) containers.add(row % 2, row - 1, row);
      const table = containers.build();
      assert.equal(table.slot.length, rows);
      assert.ok(table.parent.every((parent, row) => parent === row - 1 && containers.kindOf(row) === row % 2));
    }
  });
});
