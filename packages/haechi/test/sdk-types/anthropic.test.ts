import { describeSdkTypes } from "./describe-sdk-types.ts";

describeSdkTypes("anthropic", "anthropic");
