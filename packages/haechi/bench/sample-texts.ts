/** Ordinary texts, made anew for each run of a bench so that none has to be kept. */
export const SAMPLE_TEXTS: Readonly<Record<string, (length: number) => string>> = {
  prose: (length) => repeatedTo(length, (at) => `${sentence(at, ENGLISH)}. ${at % 7 === 6 ? "\n\n" : ""}`),
  code: (length) => repeatedTo(length, codeLines),
  "json logs": (length) => repeatedTo(length, (at) => `${logLine(at)}\n`),
  korean: (length) => repeatedTo(length, (at) => `${sentence(at, KOREAN)}. `),
  "digit table": (length) => repeatedTo(length, (at) => `${tableRow(at)}\n`),
  base64: (length) => repeatedTo(length, (at) => BASE64_SIGNS[scattered(at, BASE64_SIGNS.length)]!),
};

const BASE64_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const ENGLISH = (
  "the a of and to in that it is was for on are with as they be at one have this from or had by not but some what " +
  "there we can out other were all your when up use word how said an each she which do their time if will way about " +
  "many then them would write like these her long make thing see him two has look more day could go come did my sound " +
  "no most number who over know water than call first people may down side been now find new work part take get place " +
  "made live where after back little only round man year came show every good give our under name very through just " +
  "form great think say help low line before turn cause same mean differ move right boy old too does tell sentence"
).split(" ");

const KOREAN = (
  "우리는 오늘 회의에서 새로운 계획을 이야기했습니다 그리고 다음 주까지 자료를 정리하기로 했다 날씨가 좋아서 공원에 산책을 " +
  "나갔는데 사람들이 많았다 서비스의 성능을 높이기 위해 여러 방법을 검토하고 있으며 결과는 곧 공유할 예정입니다 문서를 읽고 " +
  "의견을 남겨 주세요"
).split(" ");

function repeatedTo(length: number, piece: (at: number) => string): string {
  let text = "";
  for (let at = 0; text.length < length; at++) text += piece(at);
  return text.slice(0, length);
}

/** A number below the bound that looks random and is the same in every run. */
function scattered(at: number, bound: number): number {
  return (Math.imul(at + 1, 0x9e3779b1) >>> 8) % bound;
}

function sentence(at: number, words: readonly string[]): string {
  return Array.from({ length: 6 + scattered(at, 9) }, (_, i) => words[scattered(at * 31 + i, words.length)]).join(" ");
}

function codeLines(at: number): string {
  const [a, b, c] = [0, 1, 2].map((i) => ENGLISH[scattered(at * 3 + i, ENGLISH.length)]!);
  return (
    `export function ${a}${capitalized(b!)}(${c}: string, options: Options = {}): number {\n` +
    `  const ${b} = options.${c} ?? DEFAULTS.${c}\n` +
    `  for (let i = 0; i < ${b}.length; i++) {\n    if (${a}[i] === "${c}") return i + ${scattered(at, 100)} // ${a} ${b}\n  }\n` +
    "  return -1\n}\n\n"
  );
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function logLine(at: number): string {
  return JSON.stringify({
    ts: `2025-03-${10 + (at % 20)}T${10 + (at % 14)}:${10 + (at % 50)}:07.${100 + scattered(at, 900)}Z`,
    level: ["info", "debug", "warn"][at % 3],
    msg: sentence(at, ENGLISH),
    requestId: `${(0x10000000 + scattered(at, 0xfffffff)).toString(16)}-${scattered(at, 9999)}`,
    durationMs: scattered(at, 5000) / 10,
    status: 200 + (at % 4),
  });
}

function tableRow(at: number): string {
  return Array.from({ length: 8 }, (_, i) => scattered(at * 8 + i, 10 ** (3 + (i % 5)))).join(columnGap(at));
}

function columnGap(at: number): string {
  return at % 2 === 0 ? "  " : ", ";
}
