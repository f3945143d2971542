import { type Protocol, type Route, UNKNOWN_ROUTE } from "./protocol.ts";

/** A route, and what a request wrote where the path of the route leaves room. */
export interface RouteMatch {
  /** `stream` is the format that the query asks for. */
  readonly route: Route;
  /** By placeholder, percent-decoded: `model` to `gemini-2.5-pro`. Empty for an unknown route. */
  readonly values: ReadonlyMap<string, string>;
  /**
   * The stretches of the path that the client chose, in their order: the placeholders of a known
   * route, every segment of an unknown one. What stands between them are constants of ours.
   */
  readonly clientTexts: readonly PathText[];
}

/** A stretch of a path, from `start` up to `end`, still percent-encoded. */
export interface PathText {
  readonly start: number;
  readonly end: number;
}

/** The route of a request target, which may have a query; with the id of `UNKNOWN_ROUTE` when there is none. */
export function matchRoute(protocol: Protocol, target: string): Route {
  return matchTarget(protocol, target).route;
}

/**
 * The route of a request target and the client's own words in it. A path without placeholders
 * is preferred, then the pattern that says most. A refused route is also recognized by every
 * spelling of its path that an upstream could take for it.
 */
export function matchTarget({ routes }: Pick<Protocol, "routes">, target: string): RouteMatch {
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  const table = tableOf(routes);
  // Asked before the patterns: an escaped slash would let a placeholder swallow the way to a refused route.
  if (!PLAIN_PATH.test(path)) {
    const refused = refusedRoute(table, path);
    if (refused !== null) return matchOf(refused, segmentsOf(path));
  }
  const exact = table.exact.get(path);
  if (exact !== undefined) return matchOf(inFormatOf(target, mark, exact), []);
  for (const { route, expression } of table.patterns) {
    const found = expression.exec(path);
    if (found?.groups !== undefined) return withPlaceholders(inFormatOf(target, mark, route), found);
  }
  return matchOf(refusedRoute(table, path) ?? table.unknown, segmentsOf(path));
}

/** No escapes, no empty and no dot segments, and no last slash. */
const PLAIN_PATH = /^(?:\/[^/%\\.][^/%\\]*)+$/;

function refusedRoute({ patternsOfRefused }: RouteTable, path: string): Route | null {
  const plain = plainPath(path);
  return patternsOfRefused.find(({ expression }) => expression.test(plain))?.route ?? null;
}

interface Pattern {
  readonly route: Route;
  readonly expression: RegExp;
}

interface RouteTable {
  readonly exact: ReadonlyMap<string, Route>;
  /** With placeholders, from the longest constant text to the shortest. */
  readonly patterns: readonly Pattern[];
  /** All refused routes, in any case. */
  readonly patternsOfRefused: readonly Pattern[];
  readonly unknown: Route;
}

const tables = new WeakMap<readonly Route[], RouteTable>();

function tableOf(routes: readonly Route[]): RouteTable {
  const known = tables.get(routes);
  if (known !== undefined) return known;
  const made: RouteTable = {
    exact: new Map(routes.filter(({ path }) => !path.includes("{")).map((route) => [route.path, route])),
    patterns: routes
      .filter(({ path }) => path.includes("{"))
      .sort((one, other) => constantLength(other.path) - constantLength(one.path))
      .map((route) => ({ route, expression: expressionOf(route.path, "d") })),
    patternsOfRefused: routes
      .filter(({ refused }) => refused !== undefined)
      .map((route) => ({ route, expression: expressionOf(route.path, "i") })),
    unknown: unknownAmong(routes),
  };
  tables.set(routes, made);
  return made;
}

/**
 * An upstream may serve a known route under a path that we do not know as its own: in another case, or with a slash
 * behind it. What any route forbids in a body is therefore forbidden in that of an unknown one; nothing else is believed.
 */
function unknownAmong(routes: readonly Route[]): Route {
  const tokenIds = [...new Set(routes.flatMap((route) => route.tokenIds ?? []))];
  const models = [...new Set(routes.flatMap((route) => route.models ?? []))];
  if (tokenIds.length === 0 && models.length === 0) return UNKNOWN_ROUTE;
  return {
    ...UNKNOWN_ROUTE,
    ...(tokenIds.length === 0 ? {} : { tokenIds }),
    ...(models.length === 0 ? {} : { models }),
  };
}

const PLACEHOLDER = /\{(\w+)\}/g;

function constantLength(path: string): number {
  return path.replace(PLACEHOLDER, "").length;
}

// One placeholder stands in a segment, and never beside another, so that there is one way to match.
function expressionOf(path: string, flags: string): RegExp {
  const source = path
    .split(/(\{\w+\})/)
    .map((piece, index) => (index % 2 === 0 ? escaped(piece) : `(?<${piece.slice(1, -1)}>[^/]+)`));
  return new RegExp(`^${source.join("")}$`, flags);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function inFormatOf(target: string, mark: number, route: Route): Route {
  const { streamWhen } = route;
  if (streamWhen === undefined || mark === -1) return route;
  const asks = target
    .slice(mark + 1)
    .split("&")
    .some((pair) => decoded(pair) === `${streamWhen.parameter}=${streamWhen.value}`);
  return asks ? { ...route, stream: streamWhen.format } : route;
}

function withPlaceholders(route: Route, found: RegExpExecArray): RouteMatch {
  const texts: PathText[] = Object.values(found.indices!.groups!).map(([start, end]) => ({ start, end }));
  const values = new Map(Object.entries(found.groups!).map(([name, text]) => [name, decoded(text)]));
  return { route, values, clientTexts: texts.sort((one, other) => one.start - other.start) };
}

function matchOf(route: Route, clientTexts: readonly PathText[]): RouteMatch {
  return { route, values: NO_VALUES, clientTexts };
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

function segmentsOf(path: string): PathText[] {
  return [...path.matchAll(/[^/]+/g)].map(({ index, 0: segment }) => ({ start: index, end: index + segment.length }));
}

/** The path as a server may take it: they decode escapes, join slashes, resolve dots and forgive a last slash, each in its own way. */
export function plainPath(path: string): string {
  const segments: string[] = [];
  for (const segment of decoded(decoded(path)).split(/[/\\]+/)) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

/** The text with its well-formed escapes decoded, each sequence of them for itself. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch (error) {
      if (error instanceof URIError) return escapes;
      throw error;
    }
  });
}
