import { describeDetector } from "../../../../testing/describe-detector.ts";
import { jpMyNumberLabelled } from "./jp-my-number-labelled.ts";

describeDetector(jpMyNumberLabelled);
