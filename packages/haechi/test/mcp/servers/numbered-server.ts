// A server that says as many numbered messages as it is told, and then does what it is told.
// node numbered-server.ts <count> <characters> <exit | crash | stay> [noise]
const [count, length, ending, noise] = process.argv.slice(2);
const padding = "x".repeat(Number(length));

for (let number = 0; number < Number(count); number++) {
  const message = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: number, padding } };
  const isTaken = process.stdout.write(`${JSON.stringify(message)}\n`);
  if (noise !== undefined) process.stderr.write(`${noise} ${number}\n`);
  if (!isTaken) await new Promise((resolve) => process.stdout.once("drain", resolve));
}
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))),
);
process.stdin.resume().on("end", () => process.exit(4));
if (ending === "exit") process.exit(3);
if (ending === "crash") process.kill(process.pid, "SIGKILL");
