import { describeDetector } from "../../../../testing/describe-detector.ts";
import { concealFromUser } from "./conceal-from-user.ts";

describeDetector(concealFromUser);
