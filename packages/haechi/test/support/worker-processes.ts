import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

/** The processes that another one has started and that are there, by id. */
export function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text
    .split(" ")
    .filter((id) => id !== "")
    .map(Number);
}

/** Whether a process is there and not only waiting to be collected. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

export interface PlainReply {
  readonly status: number;
  readonly text: string;
}

/** Asks on a connection of its own, which goes to the next process of those that serve. */
export function askAnew(url: string, body?: string): Promise<PlainReply> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      {
        method: body === undefined ? "GET" : "POST",
        agent: new Agent(),
        headers: body === undefined ? {} : { "content-type": "application/json" },
      },
      (response) => {
        response.setEncoding("utf8");
        let text = "";
        response.on("data", (piece: string) => (text += piece));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    asking.on("error", reject);
    asking.end(body);
  });
}
