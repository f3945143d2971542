import assert from "node:assert/strict";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { CLIENT_NAMES } from "../../src/cli/mcp-clients/client-files.ts";
import { cliFolder } from "../support/run-cli.ts";

const guides = new URL("../../../../docs/guides/", import.meta.url);

for (const client of CLIENT_NAMES) {
  test(`the guide for ${client} does what it says`, async (t) => {
    const text = await readFile(new URL(`mcp-${client}.md`, guides), "utf8");
    const blocks = [...text.matchAll(/```(sh|json|toml)\n(.*?)```/gs)].map(([, kind, block]) => ({
      kind,
      block: block!,
    }));
    const [before, after] = blocks.filter(({ kind }) => kind !== "sh").map(({ block }) => block);
    const [, path] = /Its file, here `(.*)`/.exec(text)!;
    const { path: folder, run } = await cliFolder(t);
    await chmod(folder, 0o700);
    await writeFile("haechi.config.json", JSON.stringify({ mode: "enforce", policy: { presets: ["mcp-basic"] } }));
    await mkdir(dirname(join(folder, path!)), { recursive: true });
    await writeFile(join(folder, path!), before!);
    const here = (line: string) => line.replaceAll("/srv/haechi/", `${folder}/`);
    const lines = blocks.filter(({ kind }) => kind === "sh").flatMap(({ block }) => block.trim().split("\n"));
    assert.equal(lines.length, 4);
    for (const line of lines) {
      const environment = { HOME: folder };
      const { exitCode, stderr } = await run(here(line).slice("haechi ".length), { environment });
      assert.equal(exitCode, 0, `${line}: ${stderr}`);
      const expected = line.includes("install") && !/dry-run|uninstall/.test(line) ? here(after!) : before;
      assert.equal(await readFile(join(folder, path!), "utf8"), expected);
    }
  });
}
