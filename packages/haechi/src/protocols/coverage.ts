import type { ChannelPattern, FieldContent, FieldPath, FieldRule, Protocol, Route, StreamFormat } from "./protocol.ts";

/** How one route is looked into. Whatever stands at no place that is named here is read as text. */
export interface RouteCoverage {
  readonly id: string;
  readonly path: string;
  /** Why it is refused by default; null for a route that is served. */
  readonly refused: Route["refused"] | null;
  readonly request: BodyCoverage;
  readonly response: BodyCoverage;
  /** One for each format that the answer may stream in; empty for a route that never streams. */
  readonly streams: readonly StreamCoverage[];
}

/** Places by what they hold, written as `messages.*.role`. */
export interface BodyCoverage extends Readonly<Record<FieldContent, readonly string[]>> {
  /** Numbers that are text, or text said again token by token. */
  readonly tokens: readonly string[];
}

export interface StreamCoverage {
  readonly framing: StreamFormat["framing"];
  /** The query that asks for it, such as `alt=sse`; null when it comes unasked. */
  readonly query: string | null;
  readonly channels: readonly ChannelCoverage[];
  /** What stands in its frames beside text. */
  readonly frames: BodyCoverage;
}

/** Texts that are followed over many frames. */
export interface ChannelCoverage {
  readonly place: string;
  readonly content: ChannelPattern["content"];
  /** Types of the frames that it grows in; empty for any. */
  readonly events: readonly string[];
}

/** How every route of a protocol is looked into. */
export function coverageOf({ routes }: Protocol): readonly RouteCoverage[] {
  return routes.map((route) => ({
    id: route.id,
    path: route.path,
    refused: route.refused ?? null,
    request: bodyCoverage(route.request, route.tokenIds),
    response: bodyCoverage(route.response, route.copies),
    streams: streamsOf(route),
  }));
}

function streamsOf({ stream, streamWhen }: Route): readonly StreamCoverage[] {
  const streams: StreamCoverage[] = [];
  if (stream !== null) streams.push(streamCoverage(stream, null));
  if (streamWhen !== undefined) {
    streams.push(streamCoverage(streamWhen.format, `${streamWhen.parameter}=${streamWhen.value}`));
  }
  return streams;
}

function streamCoverage({ framing, channels, fields }: StreamFormat, query: string | null): StreamCoverage {
  return {
    framing,
    query,
    channels: channels.map(({ path, content, events = [] }) => ({ place: written(path), content, events })),
    frames: bodyCoverage(fields, []),
  };
}

function bodyCoverage(rules: readonly FieldRule[] = [], tokens: readonly FieldPath[] = []): BodyCoverage {
  const places = (wanted: FieldContent) => [
    ...new Set(rules.filter(({ holds }) => holds === wanted).map(({ path }) => written(path))),
  ];
  return {
    json: places("json"),
    opaque: places("opaque"),
    "signed-text": places("signed-text"),
    media: places("media"),
    identifier: places("identifier"),
    handle: places("handle"),
    tokens: tokens.map(written),
  };
}

function written(path: FieldPath): string {
  return path.join(".");
}
