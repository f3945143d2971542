import { fieldsWith } from "../fields.ts";
import type { FieldRule, StreamError } from "../protocol.ts";

/** What stands beside text in an error of OpenAI's API, whose message may quote the request. */
export const openAiErrorFields: readonly FieldRule[] = fieldsWith("identifier", ["error.type", "error.code"]);

/** The event that OpenAI's stream readers throw as an error. */
export function openAiErrorFrame({ code, message }: StreamError): string {
  return `data: ${JSON.stringify({ error: { message, type: code, param: null, code } })}\n\n`;
}
