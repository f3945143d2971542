/** Where a detection service is, and how it knows us. */
export interface ServiceAddress {
  readonly url: string;
  /** Sent as `Authorization: Bearer …` when given. */
  readonly token?: string | undefined;
}

/**
 * Posts a JSON value and reads the JSON answer. Redirects are not followed: the text
 * goes where the operator said and nowhere else.
 * @throws Error, whose message holds nothing of what was sent or received
 */
export async function postJson({ url, token }: ServiceAddress, value: unknown, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "error",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(value),
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the service answered with status ${response.status}`);
  }
  return parsed(await boundedText(response));
}

const ANSWER_BYTES_MAX = 4_194_304;

async function boundedText({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > ANSWER_BYTES_MAX) throw new Error("the service answered with more than can be read");
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text.
    throw new Error("the service answered with something else than JSON");
  }
}
