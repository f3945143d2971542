/** How the bodies of a stream are told apart on the wire. */
export interface Framing {
  readonly contentType: string;
  readonly before: (index: number, body: unknown) => string;
  readonly after: string;
  readonly end: string;
  /** The bodies of a whole stream, those that a gateway added among them. */
  readonly bodiesIn: (stream: string) => readonly unknown[];
}

/** Server-sent events, each named by its type when it has one. */
const events: Framing = {
  contentType: "text/event-stream",
  before: (_, body) => {
    const { type } = body as { readonly type?: unknown };
    return typeof type === "string" ? `event: ${type}\ndata: ` : "data: ";
  },
  after: "\n\n",
  end: "",
  bodiesIn: (stream) => [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!)),
};

const lines: Framing = {
  contentType: "application/x-ndjson",
  before: () => "",
  after: "\n",
  end: "",
  bodiesIn: (stream) =>
    stream
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
};

const elements: Framing = {
  contentType: "application/json",
  before: (index) => (index === 0 ? "[" : ",\n"),
  after: "",
  end: "]",
  bodiesIn: (stream) => JSON.parse(stream),
};

/** The framing that a path answers in when it is asked for a stream. */
export function framingOf(path: string): Framing {
  if (path.startsWith("/api/")) return lines;
  return path.endsWith(":streamGenerateContent") ? elements : events;
}

export function streamOf({ before, after, end }: Framing, bodies: readonly unknown[]): string {
  return bodies.map((body, index) => before(index, body) + JSON.stringify(body) + after).join("") + end;
}
