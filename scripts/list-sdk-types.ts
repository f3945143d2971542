// Writes down, from the installed SDKs, where their types let a string stand.
//   node scripts/list-sdk-types.ts
import { writeFileSync } from "node:fs";
import { listFile, readSdkTypes } from "../packages/haechi/test/sdk-types/read-sdk-types.ts";
import { SDKS } from "../packages/haechi/test/sdk-types/sdk-calls.ts";

for (const sdk of SDKS) writeFileSync(listFile(sdk), readSdkTypes(sdk));
