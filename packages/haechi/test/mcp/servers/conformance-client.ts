// A client of the official SDK for the scenarios of the conformance suite, which starts it with the address of a server.
// With HAECHI_FOLDER it goes through a gateway, whose state is in that folder.
import { join } from "node:path";
import { type OAuthClientProvider, UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { OAuthClientInformationMixed, OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { parseConfig } from "../../../src/config/parse.ts";
import { initKeyFile } from "../../../src/providers/crypto/key-file.ts";
import { systemClock } from "../../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../../src/providers/system/system-random.ts";
import { createRuntime } from "../../../src/runtime/create-runtime.ts";
import { startGateway } from "../../../src/runtime/start-gateway.ts";

const server = new URL(process.argv.at(-1)!);
const folder = process.env.HAECHI_FOLDER;
const url = folder === undefined ? server : new URL(server.pathname, await gatewayUrl(folder));
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? "{}");

const client = new Client(
  { name: "conformance-client", version: "1" },
  { capabilities: { elicitation: { form: { applyDefaults: true } } } },
);
client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept", content: {} }));
const authProvider = loginProvider();
let transport = open();
await withLogin(async () => {
  transport = open();
  await client.connect(transport as Transport); // the SDK declares its own handlers as optional and undefined
});
// A scope may be asked for when the client is connected already.
let names: readonly string[] = [];
await withLogin(async () => {
  names = (await client.listTools()).tools.map(({ name }) => name);
});
for (const name of names) {
  const args = name === "add_numbers" ? { a: 5, b: 3 } : {};
  await withLogin(() => client.callTool({ name, arguments: args }));
}
await client.close();
process.exit();

function open(): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(url, { authProvider });
}

/** Once more when a login was asked for and has been made. */
async function withLogin(attempt: () => Promise<unknown>): Promise<void> {
  for (let attempts = 0; attempts < 3; attempts++) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof UnauthorizedError) || authProvider.code === null) throw error;
      const { code } = authProvider;
      authProvider.code = null;
      await transport.finishAuth(code);
    }
  }
}

/** A user who says yes to everything. */
function loginProvider(): OAuthClientProvider & { code: string | null } {
  let information: OAuthClientInformationMixed | undefined =
    context.client_id === undefined
      ? undefined
      : { client_id: context.client_id, client_secret: context.client_secret };
  let tokens: OAuthTokens | undefined;
  let verifier = "";
  return {
    code: null,
    redirectUrl: "http://localhost:3000/callback",
    clientMetadataUrl: "https://conformance-test.local/client-metadata.json",
    clientMetadata: { client_name: "conformance-client", redirect_uris: ["http://localhost:3000/callback"] },
    clientInformation: () => information,
    saveClientInformation(given) {
      information = given;
    },
    tokens: () => tokens,
    saveTokens(given) {
      tokens = given;
    },
    saveCodeVerifier(given) {
      verifier = given;
    },
    codeVerifier: () => verifier,
    async redirectToAuthorization(address) {
      const { headers } = await fetch(address, { redirect: "manual" });
      this.code = new URL(headers.get("location")!).searchParams.get("code");
    },
  };
}

async function gatewayUrl(folder: string): Promise<string> {
  const keyFile = join(folder, "keys.json");
  await initKeyFile(keyFile, { clock: systemClock, random: systemRandom });
  const runtime = createRuntime(
    parseConfig({
      mode: "enforce",
      target: { type: "mcp", upstream: server.origin },
      proxy: { port: 0 },
      keys: { keyFile },
      audit: { path: join(folder, "audit.jsonl") },
      tokenVault: { path: join(folder, "vault.sqlite") },
    }),
  );
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  return (await startGateway(runtime, { logger: quiet })).url;
}
