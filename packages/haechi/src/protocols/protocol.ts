import type { JsonDocument } from "../core/document/json-document.ts";

/**
 * One vendor's wire format as data: which routes there are, what stands in their bodies
 * beside ordinary text, where growing text stands in a stream, and how a stream says that
 * it ends in an error. A protocol varies the flow by values; it has no flow of its own.
 */
export interface Protocol {
  /** The `target.type` it answers to. */
  readonly id: string;
  /** Written as `protocol` into audit events. */
  readonly auditName: string;
  readonly routes: readonly Route[];
  /** Every model that any parser upstream could take from this request. */
  readonly requestedModels: (document: JsonDocument | null, path: string) => RequestedModels;
  /** Names of query parameters that carry the provider's credential and are forwarded unread. */
  readonly credentialParameters: readonly string[];
}

export interface RequestedModels {
  /** Models named as text. */
  readonly names: readonly string[];
  /** True when a model member is missing or is not text. */
  readonly incomplete: boolean;
}

export interface Route {
  /** Written into audit events and metric labels. */
  readonly id: string;
  /**
   * Path without query. `{name}` stands for one or more characters of one segment:
   * `/v1beta/models/{model}:generateContent`.
   */
  readonly path: string;
  /** Null for a route that never streams. */
  readonly stream: StreamFormat | null;
  /** The format of requests whose query has this parameter with this value, in place of `stream`. */
  readonly streamWhen?: { readonly parameter: string; readonly value: string; readonly format: StreamFormat };
  /** Why it is refused unless the operator says otherwise; absent for a route that is served. */
  readonly refused?: Refusal;
  /** Where a body names models, beside its member `model`. An empty list says that none need be named. */
  readonly models?: readonly FieldPath[];
  /** Where numbers of a request are text, as ids of a model's tokens that only the model can read. */
  readonly tokenIds?: readonly FieldPath[];
  /** Where a response, or a frame of its stream, says its text again token by token, too finely to be looked into. */
  readonly copies?: readonly FieldPath[];
  /** What a response may be beside JSON: text, which is looked into, or data such as sound, for which `media` of the configuration says what happens. */
  readonly answers?: readonly ("text" | "media")[];
  /** What stands in the body of a request, and of a response, beside ordinary text. */
  readonly request?: readonly FieldRule[];
  readonly response?: readonly FieldRule[];
}

/**
 * - `administrative`: it changes the server, or shows what it holds of others.
 * - `uninspectable`: text crosses it in a form that is not looked into, such as a WebSocket.
 */
export type Refusal = "administrative" | "uninspectable";

/** The route of a path that a protocol does not know: inspected whole, never streamed. */
export const UNKNOWN_ROUTE: Route = { id: "unknown", path: "", stream: null };

/** Which leaves of a body are something else than ordinary text. Of several rules for a leaf the first holds. */
export interface FieldRule {
  readonly path: FieldPath;
  readonly holds: FieldContent;
}

/**
 * Member names from the root of a body; `*` is any array element, and `**` is any number of
 * members and elements, none among them. The lines of a JSON Lines body are roots each; in a
 * multipart body the first name is that of the part.
 */
export type FieldPath = readonly string[];

/**
 * What a leaf is when it is no ordinary text. None of it is taken on trust: a leaf that does
 * not look like what its place says is read as text.
 *
 * - `json`: a document of its own, written into a string, such as tool arguments. It is read
 *   as what it says, and stays a valid document.
 * - `opaque`: signed or encrypted by the provider; forwarded byte for byte.
 * - `signed-text`: text that the provider has signed elsewhere. In responses it is inspected
 *   and left as it is; in requests it passes when this gateway has seen it come.
 * - `media`: encoded image, sound, video or file data; what `media` of the configuration says.
 * - `identifier`: a name that the API gives a meaning, such as `assistant` or `tool_use`.
 * - `handle`: a name that one side makes up and gets back, such as a cursor. It is inspected and never
 *   changed: where a policy would change something in it, the document is blocked.
 */
export type FieldContent = "json" | "opaque" | "signed-text" | "media" | "identifier" | "handle";

export interface StreamFormat {
  /**
   * `sse`: server-sent events. `ndjson`: one JSON document per line. `json-array`: one array
   * whose elements come one by one.
   */
  readonly framing: StreamFraming;
  /** True when a request streams unless it says `stream: false`. */
  readonly byDefault: boolean;
  readonly channels: readonly ChannelPattern[];
  /** What stands in a frame beside ordinary text, where no channel does. */
  readonly fields?: readonly FieldRule[];
  /** Data payloads that are controls, not content; they flush and pass as they are. */
  readonly controls: readonly string[];
  /** What says that the texts of a group have ended. */
  readonly ends: readonly EndPattern[];
  /**
   * Values of the member `type` of frames that are known, beside those that `channels` and `ends` name.
   * With it, a frame of any other type is counted as unknown, and held until its strings are seen not to grow.
   */
  readonly otherEvents?: readonly string[];
  /** A member at the root of every frame that counts the frames up, such as `sequence_number`. */
  readonly counter?: string;
  /**
   * The frame that tells the client that the stream failed: a whole event, a whole line, or
   * an element without the commas and brackets around it.
   */
  readonly errorFrame: (error: StreamError) => string;
}

export type StreamFraming = "sse" | "ndjson" | "json-array";

/**
 * A path from the root of a frame: member names, and `*` for any array element.
 * An element is told apart by its own `index` member, or by its position.
 */
export type StreamPath = readonly string[];

/** Where a growing text stands. Each place, per element index, is a channel of its own. */
export interface ChannelPattern {
  readonly path: StreamPath;
  /**
   * `json`: the text is itself JSON that arrives in pieces, such as tool arguments.
   * `signed-text`: inspected, never changed: see `FieldContent`.
   */
  readonly content: "text" | "json" | "signed-text";
  /** Values of the member `type` of the frames in which it counts; any frame when absent. */
  readonly events?: readonly string[];
  /** Places with the same word here, and the same values of `by`, continue one text. */
  readonly continues?: string;
  /** Members at the root of the frame that tell texts apart, such as `index` or `item_id`; the first names their group. */
  readonly by?: readonly string[];
}

/** A frame that says that texts have ended. */
export type EndPattern =
  /** A string stands at the path, within the element whose texts end. */
  | { readonly path: StreamPath }
  /** The member `type` has the value; the texts of the group end that `by` names, all of them when it is absent. */
  | { readonly event: string; readonly by?: string };

export interface StreamError {
  /** A wire code such as `haechi_response_policy_block`. */
  readonly code: string;
  readonly message: string;
  /** What the `counter` of the format says for this frame, one more than in the frame before. */
  readonly count?: number;
}
