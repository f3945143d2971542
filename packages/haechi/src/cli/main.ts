#!/usr/bin/env node
import { runCli } from "./run-cli.ts";

// A reader that goes away, such as `head`, is no failure of the program.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const { stdin, stdout, stderr, env: environment } = process;
const exitCode = await runCli(process.argv.slice(2), { stdin, stdout, stderr, environment });
// What is written has left before the process does; a handle that is still open does not keep it.
stdout.write("", () => process.exit(exitCode));
