import assert from "node:assert/strict";
import { test } from "node:test";
import { moduleSpecifiers } from "./module-specifiers.ts";

test("finds every way to load a module by name", () => {
  const code = `
    import a from "import-default";
    import "import-bare";
    export * from "export-all";
    export { b } from "export-named";
    const c = () => import("import-lazy");
    const d = require("require");
    const e = __require("bundled-require");
  `;
  const expected = ["import-default", "import-bare", "export-all", "export-named", "import-lazy"];
  assert.deepEqual(moduleSpecifiers("all.js", code), [...expected, "require", "bundled-require"]);
});

test("ignores names in comments and texts, and exports of its own", () => {
  const code = `
    // import("comment")
    export const text = 'import x from "text"';
    const load = (name) => import(name);
  `;
  assert.deepEqual(moduleSpecifiers("none.js", code), []);
});
