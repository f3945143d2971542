import { describeDetector } from "../../../../testing/describe-detector.ts";
import { slackToken } from "./slack-token.ts";

describeDetector(slackToken);
