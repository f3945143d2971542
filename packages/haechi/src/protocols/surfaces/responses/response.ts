import { fieldsUnder, fieldsWith, pathOf } from "../../fields.ts";
import type { FieldPath, FieldRule } from "../../protocol.ts";
import { openAiErrorFields } from "../openai-error.ts";
import { item } from "./item.ts";
import { responseSettings } from "./request.ts";

/** What stands beside text in a response. It repeats the instructions, the tools and the metadata of the request. */
export const responseObject: readonly FieldRule[] = [
  ...fieldsUnder("output.*", item),
  ...fieldsUnder("instructions.*", item),
  ...responseSettings,
  ...fieldsWith("identifier", [
    "id",
    "object",
    "status",
    "created_at",
    "completed_at",
    "incomplete_details.reason",
    "billing.payer",
  ]),
  ...openAiErrorFields,
];

/** What stands beside text in a list of items, and in a single one. */
export const itemList: readonly FieldRule[] = [
  ...fieldsUnder("data.*", item),
  ...item,
  ...fieldsWith("identifier", ["object", "first_id", "last_id", "created_at"]),
  ...openAiErrorFields,
];

/** Log probabilities name every token of the text, and its bytes. */
export const responseCopies: readonly FieldPath[] = [
  "output.*.content.*.logprobs",
  "response.output.*.content.*.logprobs",
  "item.content.*.logprobs",
  "part.logprobs",
  "logprobs",
].map(pathOf);
