/** A document as far as its promises can be checked. */
export interface MarkdownPage {
  /** Targets of links and images, as written. */
  readonly links: readonly string[];
  /** What a link can name behind `#`. */
  readonly anchors: ReadonlySet<string>;
  readonly blocks: readonly CodeBlock[];
  /** Texts between single backticks. */
  readonly codeSpans: readonly string[];
}

export interface CodeBlock {
  /** First word behind the fence; empty when there is none. */
  readonly language: string;
  /** What stands behind the language. */
  readonly title: string;
  readonly code: string;
}

/** Reads the part of Markdown that our documents use: fenced blocks, headings, inline links, code spans. */
export function readMarkdown(text: string): MarkdownPage {
  const blocks: CodeBlock[] = [];
  const prose: string[] = [];
  let open: { fence: string; language: string; title: string; lines: string[] } | null = null;
  for (const line of text.split("\n")) {
    const fence = /^\s*(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(line);
    if (open !== null) {
      if (fence !== null && fence[1]!.startsWith(open.fence) && fence[2] === "") {
        blocks.push({ language: open.language, title: open.title, code: open.lines.join("\n") });
        open = null;
      } else open.lines.push(line);
    } else if (fence !== null) open = { fence: fence[1]!, language: fence[2]!, title: fence[3]!.trim(), lines: [] };
    else prose.push(line);
  }
  const joined = prose.join("\n");
  const withoutSpans = joined.replace(CODE_SPAN, "");
  return {
    links: [...withoutSpans.matchAll(INLINE_LINK)].map(([, target]) => target!),
    anchors: anchorsOf(prose),
    blocks,
    codeSpans: [...joined.matchAll(CODE_SPAN)].map(([, code]) => code!),
  };
}

const CODE_SPAN = /`([^`\n]+)`/g;
const INLINE_LINK = /\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)/g;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;

/** The anchors that GitHub gives to headings: lower case, punctuation dropped, blanks to hyphens, repeats numbered. */
function anchorsOf(prose: readonly string[]): ReadonlySet<string> {
  const uses = new Map<string, number>();
  const anchors = new Set<string>();
  for (const line of prose) {
    const heading = HEADING.exec(line)?.[1];
    if (heading === undefined) continue;
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    const use = uses.get(slug) ?? 0;
    uses.set(slug, use + 1);
    anchors.add(use === 0 ? slug : `${slug}-${use}`);
  }
  return anchors;
}
