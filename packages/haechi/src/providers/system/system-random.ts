import { randomBytes, randomUUID } from "node:crypto";
import type { Random } from "../../ports/random.ts";

/** The random generator of the operating system. */
export const systemRandom: Random = { bytes: (count) => randomBytes(count), uuid: () => randomUUID() };
