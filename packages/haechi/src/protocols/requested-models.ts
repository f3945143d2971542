import { type JsonDocument, OBJECT_CONTAINER, STRING_LEAF } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import { isNamed, memberValues } from "../core/document/member.ts";
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
  const elsewhere = document === null ? [] : textsAt(document, route.models ?? []);
  const names = [...inPath, ...inBody, ...elsewhere];
  const needsName = route.models === undefined || route.models.length > 0;
  return {
    names,
    incomplete: (needsName && names.length === 0) || members.some((value) => value.kind !== "string"),
  };
}

function textsAt(document: JsonDocument, places: readonly FieldPath[]): readonly string[] {
  const texts: string[] = [];
  if (places.length === 0) return texts;
  for (let leaf = 0; leaf < document.leaves.count; leaf += 1) {
    if (document.leaves.kind[leaf] !== STRING_LEAF) continue;
    if (places.some((place) => standsAt(document, leaf, place))) texts.push(leafText(document, leaf));
  }
  return texts;
}

function standsAt(document: JsonDocument, leaf: number, place: FieldPath): boolean {
  const { containers, leaves } = document;
  let container = leaves.container[leaf]!;
  let slot = leaves.slot[leaf]!;
  for (let step = place.length - 1; step >= 0; step -= 1) {
    if (container < 0) return false;
    const name = place[step]!;
    const inObject = containers.kind[container] === OBJECT_CONTAINER;
    if (name === "*" ? inObject : !inObject || !isNamed(document, slot, name)) return false;
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return container < 0;
}
