import { type Random, xorshift } from "./random.ts";

/** What a body holds and how large it is. */
export interface BodyShape {
  readonly bytes: number;
  /** `agent` carries tool definitions, tool calls and their results: about 1,000 values at 64 KB. */
  readonly kind: "chat" | "agent";
  readonly streamed: boolean;
  /** With the five planted values in it. */
  readonly planted: boolean;
  /** Every text begins with `NEW_WORD`, which is to be another word in each request; absent, a request is like the last. */
  readonly isNew?: boolean;
}

/** Stands for a word of as many letters that has not been sent before. */
export const NEW_WORD = "qzqzqzqz";

/** Puts a word that belongs to the number in the place of each `NEW_WORD`, of which these are the offsets. */
export function renew(body: Buffer, places: readonly number[], number: number): void {
  for (const place of places) {
    for (let at = place, rest = number; at < place + NEW_WORD.length; at++, rest = Math.floor(rest / 26)) {
      body[at] = SMALL_A + (rest % 26);
    }
  }
}

const SMALL_A = 0x61;

/** The offsets of `NEW_WORD`. */
export function placesToRenew(body: Buffer): number[] {
  const places: number[] = [];
  for (let at = body.indexOf(NEW_WORD); at !== -1; at = body.indexOf(NEW_WORD, at + NEW_WORD.length)) places.push(at);
  return places;
}

/** Five invented values of five types, which the policy of the bench redacts or masks. */
export const PLANTED = [
  "minji.park@example.com",
  "010-9182-7364",
  "219-44-8731",
  "GB82WEST12345698765432",
  "184127645108946",
] as const;

/** A chat completion request, the same for the same shape and seed; planted values take the place of other characters. */
export function requestBody({ bytes, kind, streamed, planted, isNew = false }: BodyShape, seed: number): string {
  const random = xorshift(seed);
  const prose = (length: number) => proseOf(length, random, isNew ? `${NEW_WORD} ` : "");
  const messages: Message[] = [{ role: "system", content: "You are a careful assistant. Answer in plain words." }];
  const body = {
    model: "bench-model",
    stream: streamed,
    ...(kind === "agent" ? { tools: tools(prose) } : {}),
    messages,
  };
  for (let turn = 0; ; turn++) {
    const room = bytes - Buffer.byteLength(JSON.stringify(body)) - MESSAGE_OVERHEAD;
    if (room < SHORTEST_MESSAGE) break;
    const length = Math.min(room, kind === "agent" ? AGENT_MESSAGE : CHAT_MESSAGE);
    messages.push(...(kind === "agent" ? agentTurn(turn, length, prose) : [chatTurn(turn, length, prose)]));
  }
  if (planted) plant(messages.filter(({ role }) => role === "user"));
  return JSON.stringify(body);
}

interface Message {
  readonly role: "system" | "user" | "assistant" | "tool";
  content: string | null;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly unknown[];
}

const MESSAGE_OVERHEAD = 60;
const SHORTEST_MESSAGE = 40;
const CHAT_MESSAGE = 2400;
const AGENT_MESSAGE = 640;

type Prose = (length: number) => string;

function chatTurn(turn: number, length: number, prose: Prose): Message {
  return { role: turn % 2 === 0 ? "user" : "assistant", content: prose(length) };
}

function agentTurn(turn: number, length: number, prose: Prose): Message[] {
  const id = `call_${turn}`;
  const call = { name: "read_file", arguments: JSON.stringify({ path: `src/part-${turn}.ts`, limit: 200 }) };
  return [
    { role: "user", content: prose(Math.max(SHORTEST_MESSAGE, length >> 2)) },
    { role: "assistant", content: null, tool_calls: [{ id, type: "function", function: call }] },
    { role: "tool", tool_call_id: id, content: prose(Math.max(SHORTEST_MESSAGE, length >> 1)) },
  ];
}

function tools(prose: Prose): unknown[] {
  return Array.from({ length: 20 }, (_, at) => ({
    type: "function",
    function: {
      name: `tool_${at}`,
      description: prose(160),
      parameters: {
        type: "object",
        properties: {
          path: { type: "string", description: prose(60) },
          pattern: { type: "string", description: prose(60) },
          limit: { type: "integer", minimum: 1, maximum: 500, default: 50 },
          encoding: { type: "string", enum: ["utf8", "base64"] },
        },
        required: ["path"],
        additionalProperties: false,
      },
    },
  }));
}

/** The planted values, spread over the messages, in place of as many characters behind a blank. */
function plant(messages: readonly Message[]): void {
  for (const [at, value] of PLANTED.entries()) {
    const message = messages[Math.floor((at * messages.length) / PLANTED.length)]!;
    const content = message.content!;
    const start = content.indexOf(" ", Math.floor(((at + 0.5) * content.length) / (PLANTED.length + 1)));
    message.content = `${content.slice(0, start)} ${value} ${content.slice(start + value.length + 2)}`;
  }
}

function proseOf(length: number, random: Random, beginning: string): string {
  let text = beginning;
  while (text.length < length) text += random(12) === 0 ? aside(random) : `${sentence(random)} `;
  return text.slice(0, length);
}

function sentence(random: Random): string {
  const pick = (words: readonly string[]) => words[random(words.length)]!;
  const clause = () =>
    `the ${pick(ADJECTIVES)} ${pick(NOUNS)} ${pick(VERBS)} the ${pick(NOUNS)} ${pick(LINKS)} ${pick(NOUNS)}`;
  const joined = random(2) === 0 ? clause() : `${clause()}, ${pick(["and", "so", "but", "while"])} ${clause()}`;
  return `${joined.charAt(0).toUpperCase()}${joined.slice(1)}${pick([".", ".", ".", "?", "!"])}`;
}

/** What stands between sentences in real prompts: numbers, lists, a line of a log, a line of code. */
function aside(random: Random): string {
  const number = () => random(900) + 100;
  switch (random(4)) {
    case 0:
      return `In ${2000 + random(26)} it took ${number()} ms, or ${random(90)}.${random(10)} % of the time.\n\n`;
    case 1:
      return `\n- ${sentence(random)}\n- ${sentence(random)}\n\n`;
    case 2:
      return `\n2026-03-14T09:26:${10 + random(50)}Z WARN pool size=${number()} waiting=${random(9)} path=/v1/orders\n`;
    default:
      return `\n\`\`\`ts\nconst ${NOUNS[random(NOUNS.length)]} = items.map((item) => item.${NOUNS[random(NOUNS.length)]});\n\`\`\`\n`;
  }
}

const NOUNS =
  "report meeting garden river server budget letter market engine teacher window season village answer".split(" ");
const ADJECTIVES = "quiet recent narrow careful bright ordinary late useful distant simple heavy open".split(" ");
const VERBS = "changed followed described reached replaced measured found kept joined explained".split(" ");
const LINKS = "beside the|after the|without the|near the|because of the|in spite of the".split("|");
