import { describeDetector } from "../../../../testing/describe-detector.ts";
import { sendgridApiKey } from "./sendgrid-api-key.ts";

describeDetector(sendgridApiKey);
