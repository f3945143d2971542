import assert from "node:assert/strict";
import { test } from "node:test";
import { StdioClientTransport as ModernTransport } from "@modelcontextprotocol/client/stdio";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { EVERYTHING, type ServerCommand, serverCommands } from "../support/mcp-command.ts";
import { modernTour, tour } from "./tours.ts";

test("what the official client does with the reference server, it does through Haechi", async (t) => {
  const { direct, wrapped } = await serverCommands(t, EVERYTHING);
  const [expected, found] = await Promise.all([tour(pipes(direct)), tour(pipes(wrapped))]);
  assert.deepEqual(found, expected);
  assert.ok(expected.length > 40);
});

test("the client of the second SDK finishes its handshake with the reference server, and calls it", async (t) => {
  const { direct, wrapped } = await serverCommands(t, EVERYTHING);
  const [expected, found] = await Promise.all([modernTour(modernPipes(direct)), modernTour(modernPipes(wrapped))]);
  assert.deepEqual(found, expected);
});

const pipes = (server: ServerCommand) => new StdioClientTransport({ ...server, stderr: "ignore" });
const modernPipes = (server: ServerCommand) => new ModernTransport({ ...server, stderr: "ignore" });
