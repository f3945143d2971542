import { describeSdkTypes } from "./describe-sdk-types.ts";

describeSdkTypes("gemini", "gemini");
