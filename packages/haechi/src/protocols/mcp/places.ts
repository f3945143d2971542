import { leafBytes } from "../../core/document/encoded-text.ts";
import { compilePlaceRules, type PlaceOf, type PlaceRules } from "../../core/document/field-rules.ts";
import { type JsonDocument, NUMBER_LEAF } from "../../core/document/json-document.ts";
import { fieldsWith, pathOf } from "../fields.ts";
import type { FieldContent, FieldPath, FieldRule } from "../protocol.ts";

// Rules hold for every message, whatever its method: an answer does not say what it answers. None of
// it is taken on trust, so a place that is something else in another message is text there.

const META = "io.modelcontextprotocol";

/** Names that one side makes up and gets back. */
const handles: readonly FieldPath[] = [
  ...[
    "id",
    "method",
    "params._meta.progressToken",
    "params.progressToken",
    "params.requestId",
    "params.cursor",
    "result.nextCursor",
    "params.taskId",
    "result.taskId",
    "result.task.taskId",
    "result.tasks.*.taskId",
    "params.elicitationId",
    "params.messages.*.content.id",
    "params.messages.*.content.*.id",
    "params.messages.*.content.toolUseId",
    "params.messages.*.content.*.toolUseId",
    "result.content.*.id",
    "result.content.*.toolUseId",
  ].map(pathOf),
  ["params", "_meta", `${META}/related-task`, "taskId"],
  ["result", "_meta", `${META}/related-task`, "taskId"],
  ["params", "_meta", `${META}/subscriptionId`],
  ["result", "_meta", `${META}/subscriptionId`],
];

/** What the server wants back as it was, and may have sealed. */
const states = ["params.requestState", "result.requestState"].map(pathOf);

/** Strings that may spell a document of their own. */
const documents = [
  "params.arguments.**",
  "params.data.**",
  "params.messages.**.text",
  "params.messages.**.input.**",
  "result.content.text",
  "result.content.*.text",
  "result.content.**.text",
  "result.content.**.input.**",
  "result.contents.*.text",
  "result.messages.**.text",
  "result.structuredContent.**",
  "error.data.**",
  "params.inputResponses.**.text",
  "result.inputRequests.**.text",
];

/** Encoded data. */
const media = [
  "result.contents.*.blob",
  "result.content.data",
  "result.content.*.data",
  "result.content.**.resource.blob",
  "result.content.**.content.*.data",
  "result.messages.*.content.data",
  "result.messages.*.content.resource.blob",
  "params.messages.*.content.data",
  "params.messages.*.content.*.data",
  "params.messages.**.resource.blob",
  "params.messages.**.content.*.data",
  "params.inputResponses.**.content.data",
  "result.inputRequests.**.content.data",
];

const icons = ["result.**.icons.*.src", "params.**.icons.*.src"];

/** Words to which the protocol gives a meaning. */
const identifiers = [
  "params.name",
  "params.ref.name",
  "params.ref.type",
  "params.level",
  "params.logger",
  "params.mode",
  "params.messages.*.role",
  "params.messages.**.type",
  "params.argument.name",
  "result.resultType",
  "result.role",
  "result.stopReason",
  "result.action",
  "result.status",
  "result.content.type",
  "result.content.*.type",
  "result.messages.*.role",
  "result.messages.*.content.type",
  "result.tools.*.name",
  "result.tools.*.inputSchema.**.type",
  "result.tools.*.inputSchema.**.format",
  "result.tools.*.inputSchema.**.required.*",
  "result.tools.*.outputSchema.**.type",
  "result.tools.*.outputSchema.**.format",
  "result.tools.*.outputSchema.**.required.*",
  "params.requestedSchema.**.type",
  "params.requestedSchema.**.format",
  "params.requestedSchema.required.*",
  "result.prompts.*.name",
  "result.prompts.*.arguments.*.name",
  "result.resources.*.name",
  "result.resourceTemplates.*.name",
  "params.clientInfo.name",
  "result.serverInfo.name",
];

/** What stands in an MCP message beside ordinary text. */
export const mcpFields: readonly FieldRule[] = [
  ...handles.map((path): FieldRule => ({ path, holds: "handle" })),
  ...states.map((path): FieldRule => ({ path, holds: "handle" })),
  ...fieldsWith("media", [...media, ...icons]),
  ...fieldsWith("identifier", identifiers),
  ...fieldsWith("json", documents),
];

const compiled = compilePlaceRules(mcpFields);
const compiledHandles = compilePlaceRules(handles.map((path) => ({ path, holds: "handle" as const })));
const compiledOwnHandles = compilePlaceRules(
  [...handles, ...states].filter(([name]) => name !== "method").map((path) => ({ path, holds: "handle" as const })),
);
const compiledStates = compilePlaceRules(states.map((path) => ({ path, holds: "state" as const })));
const compiledMedia = compilePlaceRules(media.map((path) => ({ path: pathOf(path), holds: "media" as const })));

/** The same rules, numbers included. */
export const mcpPlaces: PlaceRules<FieldContent> = {
  ...compiled,
  placesIn(document) {
    const strings = compiled.placesIn(document);
    const numbers = numbersUnder(document, compiledHandles.keysIn(document));
    return numbers.length === 0 ? strings : [...strings, ...numbers].sort((a, b) => a.leaf - b.leaf);
  },
};

/** The keys under which a message has what one of the sides has made up, to be told it again. */
export function handleKeys(document: JsonDocument): readonly number[] {
  const sealed = new Set(sealedLeaves(document));
  return compiledOwnHandles.keysIn(document).filter((key) => !sealed.has(key + 1));
}

/** Where a message may carry data of any kind in base64, however short: the leaves. */
export function encodedLeaves(document: JsonDocument): readonly number[] {
  return compiledMedia.placesIn(document).map(({ leaf }) => leaf);
}

/**
 * Leaves that a server has sealed, by signing or encrypting, for nobody but itself. A state that does not
 * look like that stays a handle.
 */
export function sealedLeaves(document: JsonDocument): readonly number[] {
  return compiledStates
    .placesIn(document)
    .map(({ leaf }) => leaf)
    .filter((leaf) => isSealed(leafBytes(document, leaf)));
}

/** Pieces of base64url or base64 joined by dots, such as a JWT (RFC 7519), of some length. */
function isSealed(bytes: Uint8Array): boolean {
  return bytes.length >= SEALED_LENGTH_MIN && bytes.every((byte) => SEALED_BYTES.has(byte));
}

const SEALED_LENGTH_MIN = 64;
const SEALED_BYTES: ReadonlySet<number> = new Set(
  new TextEncoder().encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=."),
);

function numbersUnder({ leaves }: JsonDocument, keys: readonly number[]): readonly PlaceOf<FieldContent>[] {
  return keys
    .map((key) => key + 1)
    .filter((value) => leaves.kind[value] === NUMBER_LEAF && leaves.slot[value] === value - 1)
    .map((leaf) => ({ leaf, holds: "handle" }));
}
