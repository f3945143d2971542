import { describeDetector } from "../../../../testing/describe-detector.ts";
import { promptMarkers } from "./prompt-markers.ts";

describeDetector(promptMarkers);
