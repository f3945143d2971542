import { describeDetector } from "../../../../testing/describe-detector.ts";
import { awsAccessKeyId } from "./aws-access-key-id.ts";

describeDetector(awsAccessKeyId);
