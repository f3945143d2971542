import { describeSdkTypes } from "./describe-sdk-types.ts";

describeSdkTypes("openai", "openai-compatible");
