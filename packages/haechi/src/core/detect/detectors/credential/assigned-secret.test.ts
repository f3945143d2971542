import { describeDetector } from "../../../../testing/describe-detector.ts";
import { assignedSecret } from "./assigned-secret.ts";

describeDetector(assignedSecret);
