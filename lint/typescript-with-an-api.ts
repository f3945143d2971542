// dependency-cruiser reads TypeScript through the compiler's JavaScript API, which
// TypeScript 7 does not have; without it, it silently cruises nothing. It is loaded
// with this hook, which answers its `typescript` with the last version that has one.
import { registerHooks } from "node:module";

const ASKED = /^typescript(?=\/|$)/;

registerHooks({
  resolve: (specifier, context, next) => next(specifier.replace(ASKED, "typescript-6"), context),
});
