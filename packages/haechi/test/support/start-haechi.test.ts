import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { startHaechi } from "./start-haechi.ts";

test("the folder of a gateway goes when it has closed, although a client is still there", async () => {
  const ends: (() => unknown)[] = [];
  const after = (end: unknown) => void ends.push(end as () => unknown); // without the options that it may have
  const { url, folder, runtime } = await startHaechi({ after } as Pick<TestContext, "after">, "http://127.0.0.1:9");
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
