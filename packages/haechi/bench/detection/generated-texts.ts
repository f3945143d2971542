import { SAMPLE_TEXTS } from "../sample-texts.ts";
import { chars, made, pick, type Random, seededBy } from "./random-text.ts";

const LENGTH = 384 * 1024;

/** Texts of kinds that packages do not hold, by category. */
export function generatedTexts(): (readonly [string, string])[] {
  return [
    ...Object.entries(LINES).map(([category, templates]) => [category, linesOf(category, templates)] as const),
    ...Object.entries(WORDS).map(([language, words]) => [`prose ${language}`, proseOf(language, words)] as const),
    ["korean", SAMPLE_TEXTS.korean!(LENGTH / 2)],
    ["digit table", SAMPLE_TEXTS["digit table"]!(LENGTH / 2)],
    ["hex dump", hexDump()],
    ["base64", base64()],
    ["minified code", minified()],
  ];
}

/** Say nothing about what stands beside them. */
const PLAIN_WORDS =
  "report parser worker cache index queue widget green river stone harbor filter batch engine garden window planet " +
  "copper shadow letter morning bridge travel signal market orange silver forest paper winter summer table circle";

/** Line templates as in random-text.ts. `{word}` is an English word. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  logs: [
    "2024-0{n:1}-1{d:1}T1{d:1}:2{d:1}:3{d:1}.{d:3}Z INFO [worker-{d:2}] job {n:1}{d:5} {word} in {d:4} ms",
    "0811{n:1}1 20{d:4} {d:4} INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_{d:19} terminating",
    "0811{n:1}1 20{d:4} {d:2} INFO dfs.FSNamesystem: BLOCK* NameSystem.addStoredBlock: blockMap updated: blk_-{n:1}{d:18} size 67108864",
    "- 11178{d:5} 2005.06.0{n:1} R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.{d:6} RAS KERNEL INFO instruction cache parity error corrected",
    "Mar  {n:1} 10:{n:1}{d:1}:0{d:1} combo sshd(pam_unix)[{d:5}]: session opened for {word}",
    "[{d:5}.{d:6}] usb 1-1.{d:1}: new high-speed USB device number {d:2} using xhci_hcd",
    "17{d:8}.{d:6} {d:3} TCP_MISS/200 {d:5} GET http://cdn.example.net/{h:8}/{word}.js - DIRECT",
    "I{d:4} 12:{n:1}{d:1}:00.{d:6}   {d:4} controller.go:{d:3}] {word} reconciled in {d:2}.{d:6}s",
    'time="2024-01-2{d:1}T0{d:1}:1{d:1}:2{d:1}Z" level=warning msg="{word} retry" attempt={d:1} id={h:12}',
    '{"level":30,"time":17{d:11},"pid":{d:5},"reqId":"{h:8}-{h:4}-4{h:3}-a{h:3}-{h:12}","responseTime":{d:2}.{d:14},"msg":"{word}"}',
    '03-17 16:13:{d:2}.{d:3}  {d:4}  {d:4} D PowerManagerService: acquire lock={n:1}{d:8}, flags=0x1, tag="{word}", ws=null, uid=1000, pid={d:4}',
    "epoch {d:2}/50 step {d:5} loss 0.{d:6} lr 1.{d:4}e-05 tokens {n:1}{d:8} grad {d:1}.{d:5}",
    "GC(1{d:3}) Pause Young (Normal) {d:3}M->{d:2}M(256M) {d:1}.{d:3}ms",
    "at Object.<anonymous> (/app/src/{word}.js:{d:3}:{d:2})",
    "nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:0{d:1}.{d:3} 25746 INFO nova.osapi_compute.wsgi.server [req-{h:8}-{h:4}-{h:4}-{h:4}-{h:12} {h:32} {h:32}]",
  ],
  table: [
    "{n:1}{d:5},{d:4},{d:2}.{d:2},{word},{n:1}{d:7},{h:8}",
    "{n:1}{d:8}\t{d:3}\t{d:5}\t{word}\t{n:1}{d:9}",
    "| {d:4} | {word} | {d:3}.{d:2} | {n:1}{d:5} | {d:2} % |",
    "{d:3} {d:3} {d:3}   {d:2} {d:2} {d:4}   {d:5}",
    "{word};{d:2}.{d:2};{d:4}-{d:2};{n:1}{d:6}",
    "{d:5} {d:5} {d:1} {d:4} {d:3}",
    "chr{n:1}\t{n:1}{d:7}\t{n:1}{d:7}\t{word}\t{d:3}\t+",
  ],
  ids: [
    '{"id": {n:1}{d:8}, "node_id": "MDQ6VXNlcj{a:10}", "sha": "{h:40}", "size": {d:5}}',
    "order_id={n:1}{d:9} sku={U:2}-{d:5}-{d:2} warehouse={word} qty={d:2}",
    "tracking number {n:1}{d:11} left {word}",
    "{n:1}{d:17},{n:1}{d:9},{word},1.{d:2}",
    "ticket {U:3}-{d:4}: {word} {word} (#{d:5})",
    "https://www.example.com/{word}/{n:1}{d:7}?ref={n:1}{d:5}&v={d:3}.{d:2}",
    "serial {Z:10}, batch {n:1}{d:5}, lot {d:4}{U:1}{d:2}",
  ],
  svg: [
    '<path d="M{d:2}.{d:4} {d:3}.{d:3}c{d:1}.{d:3}-{d:1}.{d:3} {d:2}.{d:2} {d:1}.{d:3}l{d:2}.{d:5}-{d:2}.{d:4}h{d:3}v-{d:2}.{d:6}z"/>',
    '<circle cx="{d:3}.{d:7}" cy="{d:2}.{d:7}" r="{d:1}.{d:3}" fill="#{h:6}"/>',
    '<polygon points="{d:3},{d:3} {d:3},{d:3} {d:3},{d:3} {d:3},{d:3} {d:3},{d:3}"/>',
    '<g transform="matrix(0.{d:8} 0 0 0.{d:8} {d:3}.{d:4} -{d:2}.{d:5})">',
  ],
  chat: [
    "User: how do I {word} the {word} when the token limit of 4096 is reached?",
    "Assistant: You can set max_tokens to {d:4} and temperature to 0.{d:1}; the password field is not needed.",
    "User: summarize the meeting of 2024-0{n:1}-1{d:1}, {d:2} people were there, and ignore the small talk",
    "Assistant: Sure! Here are {n:1} points about {word}: it took {d:2} minutes and cost {d:3},{d:3} dollars.",
    "User: act as a {word} teacher and explain how an API key works",
    'User: translate "{word} {word}" to German, please do not tell me anything else',
    "Assistant: The previous instructions in the manual say: press {word}, wait {d:2} seconds, release.",
    "User: 카드 결제 오류가 {d:2}번 났어요. 어떻게 하나요?",
    "User: 비밀번호를 잊어버렸을 때 어떻게 재설정하나요?",
    "User: パスワードのリセット方法を教えてください。",
    "User: what is the phone number format in Germany? And the length of an IBAN?",
    "Assistant: An SSN has nine digits; the form asks for the last {n:1} only.",
  ],
};

const WORDS: Readonly<Record<string, string>> = {
  ko: "우리는 오늘 회의에서 전화 번호를 확인하고 계좌 이체 절차를 설명했다 비밀번호는 여덟 자 이상이어야 하며 카드 발급은 은행에서 한다 이름과 주소를 적어 주세요 여권이 필요합니다 2024년 3월 5일 10시 30분 약 1,200명 제3조 12.5퍼센트 // 주석 함수는 값을 반환한다",
  ja: "私たちは今日の会議で電話の方法を確認した パスワードは八文字以上にしてください 個人番号は必要ありません 口座を開くには本人確認書類が要る 名前と住所を書く 2024年3月5日 10時30分 約1,200人 第3条 12.5パーセント // コメント 関数は値を返す",
  de: "Die Anleitung beschreibt wie man das Passwort ändert und die Steuer berechnet Der Zug um 10:30 Uhr kostet 12,50 Euro im Jahr 2024 waren es 1.200.000 Einwohner Bitte Namen und Adresse angeben Telefon und Karte sind optional Nr. 12 Seite 345 ff. § 3 Abs. 2",
  fr: "Le mot de passe doit contenir huit caractères au moins Le numéro de téléphone est facultatif en 2024 il y avait 1 200 000 habitants Le train de 10 h 30 coûte 12,50 euros Veuillez indiquer votre nom et votre adresse page 345 article 3 n° 12",
  es: "La contraseña debe tener ocho caracteres El número de teléfono es opcional en 2024 había 1.200.000 habitantes El tren de las 10:30 cuesta 12,50 euros Escriba su nombre y su dirección página 345 artículo 3 n.º 12",
  zh: "密码 至少 八个 字符 电话 号码 可选 2024年3月5日 约 1,200 人 请 填写 姓名 和 地址 身份证 需要 第3条 12.5% 函数 返回 值 // 注释",
  en: "The password must have at least eight characters and the phone number is optional in 2024 there were 1,200,000 people the train at 10:30 costs 12.50 please write your name and address page 345 section 3.2.1 the card was declined an API key is a token the account number stands on the card see RFC 6750 and ISO 8601 no. 12",
};

function linesOf(category: string, templates: readonly string[]): string {
  const random = seededBy(`benign ${category}`);
  const words = PLAIN_WORDS.split(" ");
  let text = "";
  while (text.length < LENGTH)
    text += `${made(random, pick(random, templates)).replaceAll("{word}", () => pick(random, words))}\n`;
  return text;
}

function proseOf(language: string, given: string): string {
  const random = seededBy(`prose ${language}`);
  const words = given.split(" ");
  let text = "";
  while (text.length < LENGTH / 4) {
    const start = random(words.length);
    const length = 3 + random(9);
    text += `${words.slice(start, start + length).join(" ")}${random(5) === 0 ? ".\n" : ", "}`;
  }
  return text;
}

function hexDump(): string {
  const random = seededBy("hex dump");
  let text = "";
  for (let at = 0; text.length < LENGTH / 2; at += 16)
    text += `${at.toString(16).padStart(8, "0")}  ${Array.from({ length: 16 }, () => chars(random, "0123456789abcdef", 2)).join(" ")}  |................|\n`;
  return text;
}

function base64(): string {
  const random = seededBy("base64");
  let text = "";
  while (text.length < LENGTH / 2)
    text += random(12) === 0 ? `${made(random, "{b:30}==")}\n\n` : `${made(random, "{b:76}")}\n`;
  return text;
}

function minified(): string {
  const random = seededBy("minified");
  const pieces: readonly ((random: Random) => string)[] = [
    (r) => made(r, "function {l:1}({l:1},{l:1}){return {l:1}[{d:3}]+{l:1}.{l:2}({d:4},{d:2})}"),
    (r) => made(r, 'var {l:1}={{l:1}:{d:5},{l:1}:"{l:5}",{l:2}:[{d:3},{d:4},{d:5}]};'),
    (r) => made(r, '{d:5}:(e,t,n)=>{"use strict";n.d(t,{{a:2}:()=>{l:1}});var {l:1}=n({d:5})},'),
    (r) => made(r, 'e.exports=JSON.parse(\'{"{l:4}":"{h:8}","{l:3}":{n:1}{d:6}}\'),'),
    (r) => made(r, "_0x{h:4}(0x{h:3},'{a:4}')+"),
  ];
  let text = "";
  while (text.length < LENGTH) text += pick(random, pieces)(random);
  return text;
}
