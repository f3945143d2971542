// Loaded before the tests: what one of their processes has compiled, the next need not.
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../../node_modules/.cache/node-compiled", import.meta.url));
enableCompileCache(folder);
// For the processes that they start.
process.env.NODE_COMPILE_CACHE ??= folder;
