import { describeDetector } from "../../../../testing/describe-detector.ts";
import { jwt } from "./jwt.ts";

describeDetector(jwt);
