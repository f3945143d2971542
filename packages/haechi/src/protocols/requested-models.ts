import { pathCompiler } from "../core/document/field-rules.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import { memberValues } from "../core/document/member.ts";
import { matchTarget } from "./match-route.ts";
import type { FieldPath, RequestedModels, Route } from "./protocol.ts";

/** Placeholders of paths that name a model. A deployment of Azure stands for one. */
const MODEL_PLACEHOLDERS = ["model", "deployment"];

/**
 * Every model that a request names: in its path, in the member `model` of its body, each time it
 * stands there, and in the further places that its route knows. A request of which some place
 * could name a model, and none does, is incomplete.
 */
export function requestedModels(
  routes: readonly Route[],
  document: JsonDocument | null,
  path: string,
): RequestedModels {
  const { route, values } = matchTarget({ routes }, path);
  const inPath = MODEL_PLACEHOLDERS.flatMap((name) => values.get(name) ?? []);
  const members = document === null ? [] : memberValues(document, "model");
  const inBody = members.flatMap((value) => (value.kind === "string" ? [value.text] : []));
  const elsewhere = document === null ? [] : textsAt(document, route.models);
  const names = [...inPath, ...inBody, ...elsewhere];
  const needsName = route.models === undefined || route.models.length > 0;
  return {
    names,
    incomplete: (needsName && names.length === 0) || members.some((value) => value.kind !== "string"),
  };
}

function textsAt(document: JsonDocument, paths: readonly FieldPath[] = NO_PATHS): readonly string[] {
  const places = modelRules(paths).placesIn(document);
  return places.map(({ leaf }) => leafText(document, leaf));
}

const NO_PATHS: readonly FieldPath[] = [];
const modelRules = pathCompiler("model");
