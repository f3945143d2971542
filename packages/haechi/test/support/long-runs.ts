// Loaded before the tests by `npm run test:long`: every property that names no number
// of runs of its own is tried on many more inputs, and a gateway is killed many more times.
import fc from "fast-check";

fc.configureGlobal({ numRuns: 5_000 });
process.env.HAECHI_KILLS ??= "200";
