import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readText, root } from "../support/deploy-files.ts";
import {
  commandsOf,
  JSON_BODY,
  NOT_RUN,
  PAGES,
  programOf,
  RUN,
  TRIED_ELSEWHERE,
  typeCommandsOf,
} from "../support/operators-commands.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("the pages for operators", () => {
  it("have nothing in their blocks but commands that are run here, or whose files are there", () => {
    for (const page of PAGES) {
      for (const line of commandsOf(page)) {
        const program = programOf(line);
        if (NOT_RUN.includes(program)) {
          for (const [path] of line.matchAll(/\bdeploy\/(?!secrets\/)[\w./-]+/g))
            assert.ok(existsSync(join(root, path)), line);
        } else assert.ok(program === "haechi" || RUN.includes(program), `${page}: ${line}`);
      }
    }
    for (const [line, path] of TRIED_ELSEWHERE) {
      assert.match(readText(path), new RegExp(line.split(" ").slice(1, 3).join(" ")));
    }
  });

  it("do what they say, typed as they stand", { timeout: 60_000 }, (test) =>
    typeCommandsOf(["deploy", "capacity", "upgrade"], test),
  );
});

describe("the figures of the page on capacity", () => {
  const page = readText("docs/operations/capacity.md");

  it("are those of the benchmarks", () => {
    const figures = page.match(/(?<=\| )[\d,]+ \| [\d.]+ ms(?= \|)/g) ?? [];
    assert.ok(figures.length > 4);
    const known = readText("docs/BENCHMARKS.md");
    for (const figure of figures) {
      const [requests] = figure.split(" ");
      assert.match(known, new RegExp(`\\| +haechi[^|]*\\| +${requests!.replace(",", "")} \\|`));
    }
  });

  it("say how many bytes an entry takes, with and without a finding, and a head", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("Noted.")));
    const anchors = join(await tempFolder(test), "anchors.jsonl");
    const { url, auditText } = await startHaechi(test, upstream.url, {
      responseProtection: { enabled: true },
      audit: { anchor: { mode: "file", path: anchors } },
    });
    const ask = async (content: string) => {
      const body = JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
      await (await fetch(`${url}/v1/chat/completions`, { method: "POST", headers: JSON_BODY, body })).text();
      return (await auditText()).trimEnd().split("\n").slice(-2);
    };
    const [request, answer] = await ask("hello");
    const [withFinding] = await ask("write to minji.kim@example.com");
    assertNear(request!.length, figureOf("entry for a request without findings"));
    assertNear(answer!.length, figureOf("entry for an answer"));
    const [withTwo] = await ask("write to minji.kim@example.com or to jane.doe@example.com");
    assertNear(withFinding!.length - request!.length, figureOf("the first finding"));
    assertNear(withTwo!.length - withFinding!.length, figureOf("each further finding"));
    assertNear(readFileSync(anchors, "utf8").split("\n")[0]!.length, figureOf("each head"));
  });

  function figureOf(name: string): number {
    const [, figure] = new RegExp(`^\\| ${name}[^|]*\\| ([\\d,]+) \\|$`, "m").exec(page)!;
    return Number(figure!.replace(",", ""));
  }
});

function assertNear(measured: number, said: number): void {
  assert.ok(Math.abs(measured - said) <= said * 0.15, `${measured} where the page says ${said}`);
}
