export { HaechiError, type HaechiErrorCode, isHaechiError } from "../core/errors.ts";
