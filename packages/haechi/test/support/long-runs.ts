// Loaded before the tests by `npm run test:long`: every property that names no number
// of runs of its own is tried on many more inputs.
import fc from "fast-check";

fc.configureGlobal({ numRuns: 5_000 });
