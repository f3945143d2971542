import { describeDetector } from "../../../../testing/describe-detector.ts";
import { googleOauthClientSecret } from "./google-oauth-client-secret.ts";

describeDetector(googleOauthClientSecret);
