import { describeDetector } from "../../../../testing/describe-detector.ts";
import { jpMyNumber } from "./jp-my-number.ts";

describeDetector(jpMyNumber);
