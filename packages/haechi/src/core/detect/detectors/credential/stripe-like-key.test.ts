import { describeDetector } from "../../../../testing/describe-detector.ts";
import { stripeLikeKey } from "./stripe-like-key.ts";

describeDetector(stripeLikeKey);
