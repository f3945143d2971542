import { describeDetector } from "../../../../testing/describe-detector.ts";
import { roleReassignment } from "./role-reassignment.ts";

describeDetector(roleReassignment);
