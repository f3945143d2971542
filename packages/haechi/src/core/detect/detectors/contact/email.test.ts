import { describeDetector } from "../../../../testing/describe-detector.ts";
import { email } from "./email.ts";

describeDetector(email);
