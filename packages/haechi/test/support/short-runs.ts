// Loaded before the tests by `npm test`: every run tries the same inputs, so that one that failed fails again and one that
// passed has shown the same as the last. Other inputs are for `npm run test:long`, and for a file that is run alone.
import fc from "fast-check";

fc.configureGlobal({ seed: 20_261_122 });
process.env.HAECHI_SEED ??= "20261122";
