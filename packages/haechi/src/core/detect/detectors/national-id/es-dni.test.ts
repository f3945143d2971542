import { describeDetector } from "../../../../testing/describe-detector.ts";
import { esDni } from "./es-dni.ts";

describeDetector(esDni);
