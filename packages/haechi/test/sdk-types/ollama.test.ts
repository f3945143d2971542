import { describeSdkTypes } from "./describe-sdk-types.ts";

describeSdkTypes("ollama", "ollama");
