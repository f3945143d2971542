import { describeDetector } from "../../../../testing/describe-detector.ts";
import { instructionOverride } from "./instruction-override.ts";

describeDetector(instructionOverride);
