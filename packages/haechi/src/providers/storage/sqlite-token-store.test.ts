import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import type { TokenRecord, TokenStore } from "../../ports/token-store.ts";
import { createMemoryTokenStore } from "./memory-token-store.ts";
import { createSqliteTokenStore } from "./sqlite-token-store.ts";

let directory = "";
let path = "";
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-vault-"));
  path = join(directory, "state", "vault.sqlite");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

function record(expiresAt = "2031-01-01T00:00:00.000Z"): TokenRecord {
  return {
    type: "email",
    createdAt: "2030-01-01T00:00:00.000Z",
    expiresAt,
    metadata: { path: "key_0123456789ab", ruleId: "email" },
    envelope: { v: 2, alg: "AES-256-GCM", kid: "k", iv: "i", ct: "c", tag: "t" },
    aad: { purpose: "token-vault", token: "x", type: "email" },
  };
}

const unavailable = (error: unknown) => isHaechiError(error, "TOKEN_STORE_UNAVAILABLE");
const ids = (store: TokenStore) => store.read((snapshot) => [...snapshot.entries()].map(([id]) => id).sort());

const kinds: [string, () => TokenStore][] = [
  ["createMemoryTokenStore", createMemoryTokenStore],
  ["createSqliteTokenStore", () => createSqliteTokenStore({ path })],
];

for (const [name, create] of kinds) {
  describe(name, () => {
    it("gives back what was set, and forgets what was deleted", async () => {
      const store = create();
      await store.mutate((view) => view.set("a", record()));
      assert.deepEqual(await store.read((snapshot) => snapshot.get("a")), record());
      await store.mutate((view) => view.set("a", record("2032-01-01T00:00:00.000Z")));
      assert.equal(await store.read((snapshot) => snapshot.get("a")?.expiresAt), "2032-01-01T00:00:00.000Z");
      assert.equal(await store.mutate((view) => view.delete("a")), true);
      assert.equal(await store.mutate((view) => view.delete("a")), false);
      assert.equal(await store.read((snapshot) => snapshot.get("a")), undefined);
      await store.close();
    });

    it("lets a change see itself before it is over", async () => {
      const store = create();
      await store.mutate((view) => {
        view.set("a", record());
        view.set("b", record());
        view.delete("a");
        assert.equal(view.get("a"), undefined);
        assert.deepEqual(view.get("b"), record());
        assert.deepEqual(
          [...view.entries()].map(([id]) => id),
          ["b"],
        );
      });
      await store.close();
    });

    it("takes nothing of a change that throws, and all of those beside it", async () => {
      const store = create();
      const failure = new Error("no");
      const results = await Promise.allSettled([
        store.mutate((view) => view.set("before", record())),
        store.mutate((view) => {
          view.set("half", record());
          throw failure;
        }),
        store.mutate((view) => view.set("after", record())),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ["fulfilled", "rejected", "fulfilled"],
      );
      assert.equal(results[1]?.status === "rejected" && results[1].reason, failure);
      assert.deepEqual(await ids(store), ["after", "before"]);
      await store.close();
    });

    it("loses none of many changes at a time", async () => {
      const store = create();
      await Promise.all(Array.from({ length: 200 }, (_, at) => store.mutate((view) => view.set(`t${at}`, record()))));
      assert.equal((await ids(store)).length, 200);
      await store.close();
    });

    it("deletes what expired at or before a moment, as many as asked", async () => {
      const store = create();
      await store.mutate((view) => {
        for (const day of ["01", "02", "03", "04"]) view.set(day, record(`2030-01-${day}T00:00:00.000Z`));
      });
      const now = "2030-01-03T00:00:00.000Z";
      assert.equal(await store.mutate((view) => view.deleteExpired(now, 2)), 2);
      assert.equal(await store.mutate((view) => view.deleteExpired(now)), 1);
      assert.deepEqual(await ids(store), ["04"]);
      await store.close();
    });
  });
}

describe("createSqliteTokenStore", () => {
  it("touches no file until it is used", async () => {
    await createSqliteTokenStore({ path }).close();
    assert.deepEqual(fs.readdirSync(directory), []);
  });

  it("keeps its files for their owner only", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("a", record()));
    for (const file of fs.readdirSync(join(directory, "state"))) {
      assert.equal(fs.statSync(join(directory, "state", file)).mode & 0o777, 0o600, file);
    }
    assert.equal(fs.statSync(join(directory, "state")).mode & 0o777, 0o700);
    await store.close();
    assert.deepEqual(fs.readdirSync(join(directory, "state")), ["vault.sqlite"]);
  });

  it("commits the changes of one turn once, durably", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("first", record()));
    const run = mock.method(StatementSync.prototype, "run");
    await Promise.all([1, 2, 3].map((at) => store.mutate((view) => view.set(`t${at}`, record()))));
    const statements = run.mock.calls.map((call) => (call.this as StatementSync).sourceSQL.trim().split(" ", 1)[0]);
    run.mock.restore();
    assert.deepEqual(
      statements.filter((verb) => verb === "BEGIN" || verb === "COMMIT"),
      ["BEGIN", "COMMIT"],
    );
    await store.close();
    const database = new DatabaseSync(path);
    assert.equal(database.prepare("PRAGMA journal_mode").get()?.journal_mode, "wal");
    database.close();
  });

  it("finds a token and the expired ones by index, however many there are", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("a", record()));
    await store.close();
    const database = new DatabaseSync(path);
    const plan = (sql: string) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
    for (const sql of [
      "SELECT * FROM tokens WHERE id = 'a'",
      "DELETE FROM tokens WHERE id = 'a'",
      "SELECT rowid FROM tokens WHERE expires_at <= 'a' ORDER BY expires_at LIMIT 5",
    ]) {
      assert.ok(
        plan(sql).every((detail) => /^SEARCH tokens USING (COVERING )?INDEX/.test(detail)),
        plan(sql).join(),
      );
    }
    database.close();
  });

  it("refuses a vault of the published format, says so, and leaves it untouched", async () => {
    fs.mkdirSync(join(directory, "state"));
    for (const text of ['{"version":1,"tokens":{}}', `{\n  "version": 1,\n  "tokens": {${" ".repeat(5_000)}}\n}`]) {
      fs.writeFileSync(path, text);
      const store = createSqliteTokenStore({ path });
      await assert.rejects(
        store.mutate((view) => view.set("a", record())),
        (error) => unavailable(error) && /JSON vault of the published format.*untouched/.test(String(error)),
      );
      await assert.rejects(
        store.read((snapshot) => snapshot.get("a")),
        unavailable,
      );
      assert.equal(fs.readFileSync(path, "utf8"), text);
    }
  });

  it("refuses a file that is no vault at all", async () => {
    fs.mkdirSync(join(directory, "state"));
    fs.writeFileSync(path, "notes to self\n".repeat(100));
    await assert.rejects(
      createSqliteTokenStore({ path }).read(() => 0),
      unavailable,
    );
  });

  it("says so when the disk fails, and works again when it does", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("a", record()));
    const other = new DatabaseSync(path);
    other.exec("DROP TABLE tokens");
    await assert.rejects(
      store.mutate((view) => view.set("b", record())),
      unavailable,
    );
    other.exec("PRAGMA user_version = 0");
    other.close();
    await store.close();
    await store.mutate((view) => view.set("c", record()));
    assert.deepEqual(await ids(store), ["c"]);
    await store.close();
  });

  it("loses no acknowledged token to a killed process", async () => {
    const script = `
      import { createSqliteTokenStore } from ${JSON.stringify(join(import.meta.dirname, "sqlite-token-store.ts"))};
      import { writeSync } from "node:fs";
      const store = createSqliteTokenStore({ path: ${JSON.stringify(path)} });
      const record = ${JSON.stringify(record())};
      for (let at = 0; ; at++) {
        const id = process.pid + "-" + at;
        await store.mutate((view) => view.set(id, record));
        writeSync(1, id + "\\n");
      }`;
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 3; kill++) {
      const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", script], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.length > 300) child.kill("SIGKILL");
      });
      await once(child, "close");
      acknowledged.push(...output.split("\n").slice(0, -1));
    }
    const store = createSqliteTokenStore({ path });
    const stored = new Set(await ids(store));
    assert.deepEqual(
      acknowledged.filter((id) => !stored.has(id)),
      [],
    );
    await store.close();
  });
});

it("overwrites what is deleted: the file holds nothing of it once the log is written back", async () => {
  const store = createSqliteTokenStore({ path });
  const sealed = { ...record(), envelope: { ...record().envelope, ct: "ciphertext-of-a-purged-token".repeat(20) } };
  await store.mutate((view) => {
    view.set("a", sealed);
    view.set("b", record());
  });
  await store.mutate((view) => view.delete("a"));
  await store.close();
  assert.equal(fs.readFileSync(path).includes("ciphertext-of-a-purged-token"), false);
});

describe("a token whose row somebody else wrote into", () => {
  it("cannot be read, is not quoted, and leaves the others readable", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => {
      view.set("tok_email_0123456789abcdef", record());
      view.set("tok_email_fedcba9876543210", record());
    });
    const connection = new DatabaseSync(path);
    for (const column of ["envelope", "aad"]) {
      for (const text of ['{"secret', "null", "5", ""]) {
        connection.prepare(`UPDATE tokens SET ${column} = ? WHERE id = 'tok_email_0123456789abcdef'`).run(text);
        await assert.rejects(
          store.read((snapshot) => snapshot.get("tok_email_0123456789abcdef")),
          (error) => isHaechiError(error, "TOKEN_STORE_UNAVAILABLE") && !String(error).includes("secret"),
          text,
        );
        assert.ok(await store.read((snapshot) => snapshot.get("tok_email_fedcba9876543210")));
      }
      const good = JSON.stringify(record()[column === "aad" ? "aad" : "envelope"]);
      connection.prepare(`UPDATE tokens SET ${column} = ?`).run(good);
    }
    connection.close();
    await store.close();
  });
});

describe("a vault that another process holds", () => {
  it("keeps the change waiting, and nothing else that the process does", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("a", record()));
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const order: string[] = [];
    const changes = ["b", "c"].map((id) => store.mutate((view) => view.set(id, record())).then(() => order.push(id)));
    // Turns of the event loop go by, reads among them, while the file is held.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.ok(await store.read((snapshot) => snapshot.get("a")));
    order.push("released");
    other.exec("COMMIT");
    await Promise.all(changes);
    assert.deepEqual(order, ["released", "b", "c"]);
    assert.ok(await store.read((snapshot) => snapshot.get("c")));
    other.close();
    await store.close();
  });

  it("can be opened meanwhile", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("a", record()));
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const later = createSqliteTokenStore({ path });
    assert.ok(await later.read((snapshot) => snapshot.get("a")));
    other.close();
    await Promise.all([store.close(), later.close()]);
  });
});
