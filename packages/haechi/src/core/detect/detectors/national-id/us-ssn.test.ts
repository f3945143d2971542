import { describeDetector } from "../../../../testing/describe-detector.ts";
import { usSsn } from "./us-ssn.ts";

describeDetector(usSsn);
