import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { tempFolder } from "./temp-folder.ts";

/** The command of a browser that is installed, or null. */
export const browserCommand = ["chromium", "chromium-browser", "google-chrome"].find(isInstalled) ?? null;

/** Pages of a test, and what their scripts have told. */
export interface PageServer {
  readonly port: number;
  /** Resolves with what the script of a page hands to `report`, once it does. */
  told(): Promise<unknown>;
}

/**
 * Serves a page with a script, and the files that the script imports.
 * @param script the text of a module; it calls `report(value)` with something that JSON can say
 * @param fileOf where the file of a path is, or null where none is
 */
export async function servePage(
  test: Pick<TestContext, "after">,
  script: () => string,
  fileOf: (path: string) => Promise<Buffer | null>,
): Promise<PageServer> {
  const told = Promise.withResolvers<unknown>();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url!, "http://localhost").pathname;
    if (path === "/told") {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response.end();
      told.resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    } else if (path === "/") {
      response.setHeader("content-type", "text/html");
      response.end(pageOf(script()));
    } else {
      const file = await fileOf(path);
      response.writeHead(file === null ? 404 : 200, { "content-type": "text/javascript" }).end(file);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, told: () => told.promise };
}

function pageOf(script: string): string {
  return `<!doctype html><meta charset="utf-8"><title>A page</title><script type="module">
const report = (value) => fetch("/told", { method: "POST", body: JSON.stringify(value) });
${script}
</script>`;
}

/** Opens a page in a browser without a window and with nothing remembered; it closes with the test. */
export async function openInBrowser(test: Pick<TestContext, "after">, url: string, flags: readonly string[] = []) {
  let close = async () => {};
  const profile = await tempFolder(test, () => close());
  const words = [...QUIET, ...flags, `--user-data-dir=${profile}`, url];
  // A group of its own, as a browser is many processes and all of them write into its profile.
  const browser = spawn(browserCommand!, words, { stdio: "ignore", detached: true });
  const ended = once(browser, "exit");
  close = async () => {
    process.kill(-browser.pid!, "SIGKILL");
    await ended;
  };
}

/** A browser that shows nothing, and asks for nothing but what its page asks for. */
const QUIET = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
