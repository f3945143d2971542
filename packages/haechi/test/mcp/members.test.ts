import assert from "node:assert/strict";
import { test } from "node:test";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { mcpSession } from "../support/mcp-session.ts";

const { email, card } = CANARIES;
const number = card.replaceAll(" ", "");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const escaped = [...email].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const json = JSON.stringify;

/** Lines with a value wherever one can be put, and however. */
const lines: Readonly<Record<string, string>> = {
  "the id": `{"jsonrpc":"2.0","id":${json(email)},"method":"ping"}`,
  "a number as id": `{"jsonrpc":"2.0","id":${number},"method":"ping"}`,
  "the id of an answer": `{"jsonrpc":"2.0","id":${json(email)},"result":{}}`,
  "the method": `{"jsonrpc":"2.0","id":1,"method":${json(`x/${email}`)}}`,
  "the method of a notification": `{"jsonrpc":"2.0","method":${json(`x/${email}`)}}`,
  "the version": `{"jsonrpc":${json(email)},"id":1,"method":"ping"}`,
  "an unknown member": `{"jsonrpc":"2.0","id":1,"method":"ping","more":{"a":[${json(email)}]}}`,
  "the name of an unknown member": `{"jsonrpc":"2.0","id":1,"method":"ping",${json(email)}:1}`,
  "params that are a list": `{"jsonrpc":"2.0","id":1,"method":"ping","params":[${json(email)}]}`,
  "params that are a string": `{"jsonrpc":"2.0","id":1,"method":"ping","params":${json(email)}}`,
  "a number among arguments": `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"n":${number}}}}`,
  "a key of arguments": `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{${json(email)}:1}}}`,
  "the name of a tool": `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":${json(email)}}}`,
  "an escaped text": `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"${escaped}"}}`,
  "JSON in a string": `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{"a":${json(json({ mail: email }))}}}}`,
  "a member that is there twice": `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"safe","a":${json(email)}}}`,
  "an address": `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"x://a/${email}"}}`,
  "an escaped address": `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"x://a/${encodeURIComponent(email)}"}}`,
  "the message of an error": `{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":${json(email)}}}`,
  "the data of an error": `{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"","data":{"a":{"b":[${json(email)}]}}}}`,
  "the code of an error": `{"jsonrpc":"2.0","id":1,"error":{"code":${number},"message":""}}`,
  "an error without an id": `{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":${json(email)}}}`,
  "a result that is a string": `{"jsonrpc":"2.0","id":1,"result":${json(email)}}`,
  "text beside text": `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"to ${email.slice(0, 18)}"},{"type":"text","text":"${email.slice(18)}"}]}}`,
  "a short blob": `{"jsonrpc":"2.0","id":1,"result":{"contents":[{"uri":"a:b","blob":"${base64(email)}"}]}}`,
  "a long blob": `{"jsonrpc":"2.0","id":1,"result":{"contents":[{"uri":"a:b","blob":"${base64(`${email}\n`.repeat(40))}"}]}}`,
  "an embedded blob": `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"resource","resource":{"blob":"${base64(email)}"}}]}}`,
  "text that says it is a picture": `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"image","data":"${base64(email)}","mimeType":"image/png"}]}}`,
  "a picture that is text": `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"image","data":${json(email)},"mimeType":"image/png"}]}}`,
  "an icon": `{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"x","icons":[{"src":"data:image/svg+xml;base64,${base64(`<svg>${email}${" ".repeat(200)}</svg>`)}"}]}]}}`,
  metadata: `{"jsonrpc":"2.0","id":1,"result":{"_meta":{"example.com/a":{"b":${json(email)}}}}}`,
  "a batch": `[{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${json(email)}}}]`,
  "a batch in a batch": `[[{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${json(email)}}}]]`,
  "a byte order mark": `\ufeff{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${json(email)}}}`,
  "headers of another framing": `Content-Length: 20\r\nX-Mail: ${email}\r\n\r\n`,
  "a plain line": `sent to ${email}`,
  "two messages on a line": `{"jsonrpc":"2.0","id":1,"method":"ping"}{"a":${json(email)}}`,
  "lines that end in CR alone": `{"jsonrpc":"2.0","id":1,"method":"ping"}\r{"a":${json(email)}}`,
  "a message that breaks off": `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${json(email)}`,
  "a zero byte": `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":"${email}\\u0000"}}\u0000`,
};

for (const [where, line] of Object.entries(lines)) {
  test(`${where} brings nothing across, in either direction, and nothing into the audit log`, async (t) => {
    const session = await mcpSession(t, { mcp: { allowedMethods: ["*"] } });
    session.client.sendText(`${line}\n`);
    session.server.sendText(`${line}\n`);
    session.client.closeInput();
    const atServer = await session.server.rest();
    await session.end();
    const atClient = await session.client.rest();
    const [fromOther, toldItself] = [apart(atServer), apart(atClient)];
    assert.deepEqual(fromOther.crossed, []);
    assert.deepEqual(toldItself.crossed, []);
    assert.deepEqual(canariesIn(await session.auditText()), []);
    assert.deepEqual(canariesIn(session.errors()), []);
    assert.ok((await session.auditEntries()).length > 0);
  });
}

/** What came from the other side, without what somebody is told of a message of its own: its id, and an error of ours. */
function apart(received: readonly string[]): { readonly crossed: string[] } {
  const others = received.filter((line) => !/"error":\{"code":-3200[0-3],"message":"haechi_/.test(line));
  const decoded = others.flatMap((line) => [line, decodedIn(line)]);
  return { crossed: decoded.flatMap((text) => canariesIn(text)) };
}

function decodedIn(line: string): string {
  const texts = [...line.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].map(([digits]) =>
    Buffer.from(digits, "base64").toString(),
  );
  const parts = [...line.matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text).join("");
  return `${texts.join("\n")}\n${parts}\n${line.replaceAll(/\\u([0-9a-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))}`;
}
