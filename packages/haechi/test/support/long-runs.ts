// Loaded before the tests by `npm run test:long`: every property that names no number
// of runs of its own is tried on many more inputs, and many more processes are
// killed, power cuts simulated and logs tampered with.
import fc from "fast-check";

fc.configureGlobal({ numRuns: 5_000 });
process.env.HAECHI_GROWTH_STEP ??= "1";
process.env.HAECHI_FUZZ_RUNS ??= "200000";
process.env.HAECHI_CUT_STEP ??= "1";
process.env.HAECHI_KILLS ??= "200";
process.env.HAECHI_OPERATOR_ROUNDS ??= "100";
process.env.HAECHI_POWER_CUTS ??= "100";
process.env.HAECHI_CONFORMANCE ??= "all";
process.env.HAECHI_MCP_IDS ??= "100000";
process.env.HAECHI_MCP_MESSAGES ??= "10000";
process.env.HAECHI_RESET_STEP ??= "1";
process.env.HAECHI_SMUGGLING_STEP ??= "1";
process.env.HAECHI_SPLIT_STEP ??= "1";
process.env.HAECHI_TAMPERING_STEP ??= "1";
process.env.HAECHI_TAMPERINGS ??= "100";
process.env.HAECHI_IMAGE_BUILD ??= "whole";
process.env.HAECHI_LOAD_SECONDS ??= "600";
process.env.HAECHI_STREAMS ??= "1000";
process.env.HAECHI_SLOW_CLIENTS ??= "600";
process.env.HAECHI_RESTARTS ??= "20";
