import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { Route } from "../protocol.ts";
import { openAiErrorFields } from "./openai-error.ts";

const stored = fieldsWith("identifier", [
  "id",
  "object",
  "status",
  "type",
  "file_id",
  "vector_store_id",
  "created_at",
  "last_active_at",
  "last_error.code",
  "chunking_strategy.type",
]);

const response = [
  ...stored,
  ...fieldsUnder("data.*", [...stored, ...fieldsWith("identifier", ["content.*.type"])]),
  ...fieldsWith("identifier", ["first_id", "last_id", "next_page"]),
  ...openAiErrorFields,
];

const request = fieldsWith("identifier", [
  "file_id",
  "file_ids.*",
  "files.*.file_id",
  "chunking_strategy.type",
  "expires_after.anchor",
  "ranking_options.ranker",
]);

const paths: Readonly<Record<string, string>> = {
  "vector-stores": "",
  "vector-store": "/{store}",
  "vector-store-search": "/{store}/search",
  "vector-store-files": "/{store}/files",
  "vector-store-file": "/{store}/files/{file}",
  "vector-store-file-content": "/{store}/files/{file}/content",
  "vector-store-file-batches": "/{store}/file_batches",
  "vector-store-file-batch": "/{store}/file_batches/{batch}",
  "vector-store-file-batch-cancel": "/{store}/file_batches/{batch}/cancel",
  "vector-store-file-batch-files": "/{store}/file_batches/{batch}/files",
};

/** Texts that the provider searches: names, attributes, queries and what is found are text. */
export function vectorStoresRoutes(base: string): readonly Route[] {
  return Object.entries(paths).map(([id, path]) => ({
    id,
    path: `${base}/vector_stores${path}`,
    stream: null,
    models: [],
    request,
    response,
  }));
}
