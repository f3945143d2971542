import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CLIENT_NAMES, type ClientName, namedClientFile } from "./client-files.ts";
import { unwrapServers, wrapServers } from "./wrap-servers.ts";
import { readServers } from "./written-servers.ts";

const wrapping = { command: "haechi", configPath: '/srv/a "b"/haechi.config.json' };

function wrap(client: ClientName, text: string, names: readonly string[] | null = null) {
  return wrapServers(text, namedClientFile(client, ""), names, wrapping);
}

function unwrap(client: ClientName, text: string) {
  return unwrapServers(text, namedClientFile(client, ""), null)?.text;
}

/** What each server of a file runs. */
function commands(client: ClientName, text: string) {
  const servers = readServers(text, namedClientFile(client, "")) ?? [];
  return servers.map(({ name, command, args }) => [
    name,
    command?.text,
    args?.elements.map(({ text }) => text) ?? null,
  ]);
}

const before = ["mcp-wrap", "--config", wrapping.configPath, "--"];

const json = (member: string) => `{
  // Mine.
  "theme": "dark", "${member}": {
    "notes": {
      "type": "stdio", /* as it is */
      "command": "np\\u0078",
      "args": [
        "-y", // yes
        "notes",
      ],
      "env": { "KEY": "a" },
    },
    "empty": { "command": "one", "args": [] },
    "bare": { "command": "two", "env": {} },
    "far": { "url": "https://example.com/mcp", "headers": {} },
  },
}
`;

test("servers in JSON run behind Haechi, with everything else as it was written, and back again", () => {
  for (const [client, member] of [
    ["cursor", "mcpServers"],
    ["vscode", "servers"],
    ["claude-desktop", "mcpServers"],
  ] as const) {
    const text = json(member);
    const wrapped = wrap(client, text)!;
    assert.deepEqual(commands(client, wrapped.text), [
      ["notes", "haechi", [...before, "npx", "-y", "notes"]],
      ["empty", "haechi", [...before, "one"]],
      ["bare", "haechi", [...before, "two"]],
      ["far", undefined, null],
    ]);
    assert.deepEqual(
      wrapped.changes.map(({ after }) => after),
      ["wrapped", "wrapped", "wrapped", "remote"],
    );
    for (const kept of ["// Mine.", "/* as it is */", "// yes", '"KEY": "a"']) assert.ok(wrapped.text.includes(kept));
    assert.equal(wrap(client, wrapped.text)!.text, wrapped.text);
    assert.equal(unwrap(client, wrapped.text), text);
  }
});

test("servers of a project in the file of a person are servers too", () => {
  const text =
    '{"projects":{"/a":{"mcpServers":{"x":{"command":"one"}}},"/b":{}},"mcpServers":{"y":{"command":"two"}}}';
  const wrapped = wrap("claude-code", text)!;
  assert.deepEqual(commands("claude-code", wrapped.text), [
    ["y", "haechi", [...before, "two"]],
    ["x", "haechi", [...before, "one"]],
  ]);
  assert.equal(unwrap("claude-code", wrapped.text), text);
});

const toml = `# Mine.
model = "gpt"

[mcp_servers.notes]
command = 'npx' # literal
args = [
  "-y", # yes
  'C:\\notes',
]
startup_timeout_sec = 60

[mcp_servers.notes.env]
KEY = "a"

[mcp_servers."quoted name"]
  command = "one" # bare

[mcp_servers]
inline = { command = "two", env = { A = "b" } }
dotted.command = "three"
empty.command = "four"
empty.args = []
far.url = "https://example.com/mcp"

[profiles.x]
command = "no server"
`;

test("servers in TOML run behind Haechi, with everything else as it was written, and back again", () => {
  const wrapped = wrap("codex", toml)!;
  assert.deepEqual(commands("codex", wrapped.text), [
    ["notes", "haechi", [...before, "npx", "-y", "C:\\notes"]],
    ["quoted name", "haechi", [...before, "one"]],
    ["inline", "haechi", [...before, "two"]],
    ["dotted", "haechi", [...before, "three"]],
    ["empty", "haechi", [...before, "four"]],
    ["far", undefined, null],
  ]);
  assert.ok(wrapped.text.includes('"-y", # yes') && wrapped.text.includes('command = "no server"'));
  assert.equal(wrap("codex", wrapped.text)!.text, wrapped.text);
  assert.equal(unwrap("codex", wrapped.text), toml);
});

test("only the named servers change", () => {
  const wrapped = wrap("codex", toml, ["dotted"])!;
  assert.deepEqual(
    wrapped.changes.filter(({ before, after }) => before !== after).map(({ name }) => name),
    ["dotted"],
  );
  assert.equal(unwrap("codex", wrapped.text), toml);
});

test("a file that could be read in two ways is not touched", () => {
  const doubtful = [
    '{"mcpServers":{"x":{"command":"a","command":"b"}}}',
    '{"mcpServers":{"x":{"command":["a"]}}}',
    '{"mcpServers":{"x":{"command":"a","args":["b",1]}}}',
    '{"mcpServers":',
    "[]",
  ];
  for (const text of doubtful) assert.equal(wrap("cursor", text), null, text);
  assert.equal(wrap("codex", '[mcp_servers.x]\ncommand = "a"\ncommand = "b"\n'), null);
  assert.equal(wrap("codex", "[mcp_servers.x]\ncommand = 1\n"), null);
});

test("whatever is written, what was put in can be taken out to the byte", () => {
  const word = fc.string({ unit: "grapheme" });
  const servers = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== "__proto__"),
    fc.record(
      { command: word.filter((text) => text !== "haechi"), args: fc.array(word), env: fc.constant({}) },
      { requiredKeys: ["command"] },
    ),
  );
  fc.assert(
    fc.property(
      servers,
      fc.constantFrom(...CLIENT_NAMES.filter((name) => name !== "codex")),
      fc.constantFrom(0, 2),
      (all, client, space) => {
        const member = namedClientFile(client, "").servers[0]![0]!;
        const text = JSON.stringify({ [member]: all }, null, space);
        const wrapped = wrap(client, text)!;
        assert.equal(unwrap(client, wrapped.text), text);
        JSON.parse(wrapped.text);
      },
    ),
  );
});
