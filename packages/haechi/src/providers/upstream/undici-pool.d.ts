// The package's main module also loads fetch, WebSocket and caches, which triples
// the start-up time; its Pool alone is published without a declaration of its own.
declare module "undici/lib/dispatcher/pool.js" {
  export { Pool as default } from "undici";
}
