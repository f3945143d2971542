import { describeDetector } from "../../../../testing/describe-detector.ts";
import { npmToken } from "./npm-token.ts";

describeDetector(npmToken);
