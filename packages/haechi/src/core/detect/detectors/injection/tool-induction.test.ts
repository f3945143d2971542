import { describeDetector } from "../../../../testing/describe-detector.ts";
import { toolInduction } from "./tool-induction.ts";

describeDetector(toolInduction);
