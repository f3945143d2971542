import type { Readable, Writable } from "node:stream";
import type { ServerExit, ServerProcess } from "../ports/server-process.ts";
import { type ErrorOutput, filterErrors } from "./child-stderr.ts";
import type { Delivery } from "./delivery.ts";
import { handleLine } from "./handle-line.ts";
import type { Line } from "./line-reader.ts";
import { createLineWriter } from "./line-writer.ts";
import type { MessageGuard, Sender } from "./message-guard.ts";
import { relayLines } from "./relay-lines.ts";

export interface WrapOptions {
  readonly client: { readonly input: Readable; readonly output: Writable };
  readonly server: ServerProcess;
  readonly lineBytesMax: number;
  /** Where the server's errors go when they are filtered here. */
  readonly errors: ErrorOutput;
}

/**
 * Stands between a client and a server until the server has ended and everything that it wrote is delivered.
 * The server learns of the end of the client by the end of its input, as without us.
 */
export async function wrapServer(
  { client, server, lineBytesMax, errors }: WrapOptions,
  guard: MessageGuard,
): Promise<ServerExit> {
  const toServer = createLineWriter(server.stdin);
  const toClient = createLineWriter(client.output);
  const activity = createActivity();

  const relay = (input: Readable, from: Sender) => {
    const [ahead, back] = from === "client" ? [toServer, toClient] : [toClient, toServer];
    return relayLines(input, {
      lineBytesMax,
      handle(line: Line) {
        activity.begin();
        return handleLine(line, from, guard);
      },
      async deliver({ forward, reply }: Delivery) {
        if (forward !== null) await ahead.write(forward);
        if (reply !== null) await back.write(reply);
        activity.end();
      },
    });
  };

  const fromClient = relay(client.input, "client").then(() => toServer.end());
  const fromServer = relay(server.stdout, "server");
  const fromErrors = server.stderr === null ? Promise.resolve() : filterErrors(server.stderr, errors, guard);
  // With nobody to read it, the server finds its output closed, as without us.
  void toClient.closed.then(() => {
    client.input.destroy();
    server.stdout.destroy();
  });

  const exit = await server.exited;
  // A program that the server started may keep its pipes open for ever.
  const isQuiet = activity.quiet(LINGER_MS);
  void isQuiet.then(() => {
    server.stdout.destroy();
    server.stderr?.destroy();
  });
  await fromServer;
  await fromErrors;
  activity.stop();
  client.input.destroy();
  await fromClient;
  return exit;
}

/** How long after the end of a server its open pipes may be without a message. */
const LINGER_MS = 2_000;

/** Tells when nothing has been going on for a while. */
function createActivity() {
  let underway = 0;
  let timer: NodeJS.Timeout | null = null;
  let restart = () => {};
  return {
    begin() {
      underway++;
      restart();
    },
    end() {
      underway--;
      restart();
    },
    /** Resolves when nothing was underway for so long; never when `stop` comes first. */
    quiet(ms: number): Promise<void> {
      return new Promise((resolve) => {
        restart = () => {
          if (timer !== null) clearTimeout(timer);
          timer = underway > 0 ? null : setTimeout(resolve, ms);
        };
        restart();
      });
    },
    stop() {
      restart = () => {};
      if (timer !== null) clearTimeout(timer);
    },
  };
}
