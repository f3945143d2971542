// A process to be killed: changes a key file until it dies, and prints the id of each
// new key after it has been told that the change is made.
import { writeSync } from "node:fs";
import { rotateKeys } from "../../src/providers/crypto/key-custody.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";

for (;;) {
  const kid = await rotateKeys(process.argv[2]!, { clock: systemClock, random: systemRandom });
  writeSync(1, `${kid}\n`);
}
