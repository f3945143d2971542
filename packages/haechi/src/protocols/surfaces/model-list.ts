import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { Route } from "../protocol.ts";

const model = fieldsWith("identifier", ["id", "object", "created", "owned_by", "root", "parent"]);

/** Which models there are. */
export function modelListRoutes(base: string): readonly Route[] {
  return [
    {
      id: "models",
      path: `${base}/models`,
      stream: null,
      models: [],
      response: [...fieldsUnder("data.*", model), ...fieldsWith("identifier", ["object"])],
    },
    { id: "model", path: `${base}/models/{model}`, stream: null, response: model },
  ];
}
