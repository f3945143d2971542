import { describeDetector } from "../../../../testing/describe-detector.ts";
import { deSteuerId } from "./de-steuer-id.ts";

describeDetector(deSteuerId);
