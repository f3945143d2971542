/** Says what is wrong with an answer, or null. Reads it only when its bytes are not those of one that was right. */
export function createAnswerCheck(expectedText: string): (parts: readonly Buffer[]) => string | null {
  let right: Buffer | null = null;
  return (parts) => {
    const body = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    if (right?.equals(body)) return null;
    const text = body.toString("utf8");
    const found = text.startsWith("data:") ? streamedText(text) : contentOf("message", JSON.parse(text));
    if (found !== expectedText) return "the text of an answer was not the one that the upstream sent";
    right = Buffer.from(body);
    return null;
  };
}

function streamedText(stream: string): string | null {
  const events = stream.trimEnd().split("\n\n");
  if (events.pop() !== "data: [DONE]") return null;
  return events.map((event) => contentOf("delta", JSON.parse(event.slice("data: ".length)))).join("");
}

interface Choices {
  readonly choices: readonly { readonly [member in "message" | "delta"]?: { readonly content?: string } }[];
}

function contentOf(member: "message" | "delta", { choices }: Choices): string {
  return choices[0]?.[member]?.content ?? "";
}
