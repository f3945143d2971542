// Checks the evidence in a folder that only processes started beside it see.
import { readFileSync } from "node:fs";
import { checkEvidence } from "./check-evidence.ts";

const { folder, config, told } = JSON.parse(readFileSync(0, "utf8"));
await checkEvidence(folder, config, told);
