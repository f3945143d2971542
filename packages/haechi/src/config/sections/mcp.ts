import * as z from "zod/mini";
import { CLIENT_METHODS } from "../../protocols/mcp/methods.ts";
import { key, section } from "../key.ts";
import { filePath, flag, integer, nonEmptyListOf, oneOf, text } from "../value-kinds.ts";
import { tools } from "./mcp-tools.ts";

export const mcp = section("Filtering of MCP, on standard input and output and over HTTP.", {
  allowedMethods: key(
    "Methods that a client may call, requests and notifications; a list in the file replaces this one, which is what the revisions of MCP up to 2026-07-28 define for clients. `*` allows all.",
    nonEmptyListOf(text),
    [...CLIENT_METHODS],
  ),
  protectParams: key("Inspect requests and notifications, of either side.", flag, true),
  protectResults: key("Inspect answers, results and errors, of either side.", flag, true),
  requireJsonRpc: key("Refuse messages that do not say `jsonrpc: 2.0`.", flag, true),
  tools: z
    .prefault(tools, {})
    .check(
      z.describe("Which tools may be called, and what holds for them. Policy profiles may have lists of their own."),
    ),
  pin: key(
    "Whether servers are held against what `haechi mcp pin` has written of them: `enforce` holds back what is new, and whatever the server says otherwise, of its tools, its prompts, its instructions and, where they are in the file, its resources; `report` only records it.",
    oneOf(["enforce", "report", "off"]),
    "off",
  ),
  pinFile: key("Where pins are written.", filePath, "haechi.mcp-lock.json"),
  maxMessageBytes: key(
    "Largest message of either side. A larger one is not kept: who waits for it gets an error.",
    integer(1),
    8_388_608,
  ),
});
