// The layer rule of docs/ARCHITECTURE.md, executable. A layer may import the
// layers named for it and itself; anything else is an error.
const mayImport = {
  core: [],
  protocols: ["core"],
  ports: ["core"],
  engine: ["core", "ports"],
  gateway: ["core", "protocols", "ports", "engine", "mcp"],
  mcp: ["core", "protocols", "ports", "engine"],
  providers: ["core", "ports"],
  config: ["core", "protocols"],
  testing: ["core", "ports"],
  runtime: ["core", "protocols", "ports", "engine", "gateway", "mcp", "providers", "config"],
  cli: ["core", "ports", "engine", "providers", "config", "runtime"],
  public: ["core", "protocols", "ports", "engine", "gateway", "mcp", "providers", "config", "testing", "runtime"],
};

// Libraries are bundled into dist, so that the published package installs nothing
// but itself. Each is allowed only in the layers that need it; core takes pure ones.
const mayUse = {
  core: ["@eslint-community/regexpp", "re2js"],
  protocols: [],
  ports: [],
  engine: [],
  gateway: [],
  mcp: [],
  providers: ["@opentelemetry", "undici", "prom-client"],
  config: ["zod"],
  testing: [],
  runtime: [],
  cli: ["commander", "cli-table3", "jsonc-parser", "toml-eslint-parser"],
  public: [],
};

// The rooms of detection, and which others each may use; what stands in core/detect itself is for all of them.
const mayUseInDetect = {
  checksums: [],
  decoded: [],
  detectors: ["checksums", "numbering", "secrets", "surroundings"],
  numbering: ["checksums", "surroundings"],
  patterns: [],
  rules: ["checksums", "numbering", "patterns", "tables"],
  scan: ["decoded", "patterns", "rules", "tables"],
  secrets: [],
  surroundings: [],
  tables: ["decoded", "patterns", "rules"],
};

const src = "^packages/haechi/src";
const test = "\\.(test|oracle)\\.ts$";
const layers = Object.keys(mayImport);

const layerRules = layers.map((layer) => ({
  name: `${layer}-imports-only-${mayImport[layer].join("-") || "itself"}`,
  severity: "error",
  from: { path: `${src}/${layer}/`, pathNot: test },
  to: { path: `${src}/`, pathNot: `${src}/(${[layer, ...mayImport[layer]].join("|")})/` },
}));

const libraryRules = layers.map((layer) => ({
  name: `${layer}-uses-only-${mayUse[layer].join("-") || "no-library"}`,
  severity: "error",
  from: { path: `${src}/${layer}/`, pathNot: test },
  to: { path: "node_modules/", pathNot: mayUse[layer].map((library) => `node_modules/${library}/`) },
}));

const detectRules = Object.entries(mayUseInDetect).map(([room, others]) => ({
  name: `detect-${room}-uses-only-${others.join("-") || "itself"}`,
  severity: "error",
  from: { path: `${src}/core/detect/${room}/`, pathNot: test },
  to: { path: `${src}/core/detect/[^/]+/`, pathNot: `${src}/core/detect/(${[room, ...others].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...libraryRules,
    ...detectRules,
    {
      name: "no-file-outside-a-layer",
      severity: "error",
      from: { path: `${src}/`, pathNot: `${src}/(${layers.join("|")})/` },
      to: {},
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { path: src, orphan: true, pathNot: [test, "\\.d\\.ts$"] },
      to: {},
    },
    {
      name: "groups-of-detectors-do-not-know-each-other",
      severity: "error",
      from: { path: `${src}/core/detect/detectors/([^/]+)/` },
      to: { path: `${src}/core/detect/detectors/[^/]+/`, pathNot: `${src}/core/detect/detectors/$1/` },
    },
    {
      name: "protocols-do-not-know-each-other",
      severity: "error",
      from: { path: `${src}/protocols/([^/]+)/` },
      to: { path: `${src}/protocols/[^/]+/`, pathNot: `${src}/protocols/($1|framing|surfaces)/` },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "packages/haechi/tsconfig.json" },
    enhancedResolveOptions: { conditionNames: ["import", "node", "default"] },
  },
};
