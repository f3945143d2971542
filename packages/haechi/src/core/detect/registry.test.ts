import { describeDetector } from "../../testing/describe-detector.ts";
import { builtInDetectors } from "./registry.ts";

for (const detector of builtInDetectors) describeDetector(detector);
