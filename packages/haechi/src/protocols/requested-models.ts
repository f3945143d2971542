import { pathCompiler } from "../core/document/field-rules.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import { memberValues } from "../core/document/member.ts";
import { matchTarget, plainPath } from "./match-route.ts";
import { type FieldPath, type RequestedModels, type Route, UNKNOWN_ROUTE } from "./protocol.ts";

/** Placeholders of paths that name a model. A deployment of Azure stands for one. */
const MODEL_PLACEHOLDERS = ["model", "deployment"];

/**
 * Every model that a request names: in its path, in the member `model` of its body, each time it
 * stands there, and in the further places that its route knows. A request of which some place
 * could name a model, and none does, is incomplete. In a path that nobody knows, what stands
 * where vendors put models counts as one.
 */
export function requestedModels(
  routes: readonly Route[],
  document: JsonDocument | null,
  path: string,
): RequestedModels {
  const { route, values } = matchTarget({ routes }, path);
  const inPath =
    route.id === UNKNOWN_ROUTE.id
      ? modelsOfUnknown(path)
      : MODEL_PLACEHOLDERS.flatMap((name) => values.get(name) ?? []);
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

function modelsOfUnknown(target: string): readonly string[] {
  const [path = ""] = target.split("?", 1);
  return Array.from(plainPath(path).matchAll(MODEL_IN_PATH), ([name]) => name.replace(ASKED_OF_MODEL, ""));
}

// Gemini and Vertex AI, Azure, the first API of OpenAI, Bedrock.
const MODEL_IN_PATH = /(?<=\/(?:(?:tuned)?models?|deployments|engines)\/)[^/]+/gi;
/** What Google is asked to do stands behind the name: `gemini-2.5-pro:generateContent`. */
const ASKED_OF_MODEL = /:(?:predict|[a-z]+[A-Z]\w*)$/;

function textsAt(document: JsonDocument, paths: readonly FieldPath[] = NO_PATHS): readonly string[] {
  const places = modelRules(paths).placesIn(document);
  return places.map(({ leaf }) => leafText(document, leaf));
}

const NO_PATHS: readonly FieldPath[] = [];
const modelRules = pathCompiler("model", "lenient");
