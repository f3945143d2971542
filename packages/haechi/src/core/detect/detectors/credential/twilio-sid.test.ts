import { describeDetector } from "../../../../testing/describe-detector.ts";
import { twilioSid } from "./twilio-sid.ts";

describeDetector(twilioSid);
