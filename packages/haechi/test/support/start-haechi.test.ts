import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { recordingUpstream } from "./recording-upstream.ts";
import { startHaechi } from "./start-haechi.ts";

test("the folder of a gateway goes when it has closed, although a client is still there", async (t) => {
  const ends: (() => unknown)[] = [];
  const after = (end: unknown) => void ends.push(end as () => unknown); // without the options that it may have
  const upstream = await recordingUpstream(t);
  const { url, folder, runtime } = await startHaechi({ after } as Pick<typeof t, "after">, upstream.url);
  await (await fetch(`${url}/__haechi/health`)).text();
  const wasThere: boolean[] = [];
  const { close } = runtime;
  runtime.close = async () => {
    wasThere.push(existsSync(folder));
    await close();
  };
  for (const end of ends) await end();
  assert.deepEqual([wasThere, existsSync(folder)], [[true], false]);
});
