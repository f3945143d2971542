import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import type { HaechiError } from "../../core/errors.ts";
import { createSqlitePseudonymStore } from "./sqlite-pseudonym-store.ts";

const keyOf = (byte: number) => new Uint8Array(32).fill(byte);
const fresh = (byte: number) => () => keyOf(byte);

describe("createSqlitePseudonymStore", () => {
  it("keeps the first key under a name, for every process, until it is deleted", async (t) => {
    const path = join(await tempFolder(t), "new", "pseudonyms.db");
    const [one, other] = [createSqlitePseudonymStore({ path }), createSqlitePseudonymStore({ path })];
    assert.equal(await one.find("a"), null);
    assert.deepEqual(await one.keyOf("a", fresh(1)), keyOf(1));
    assert.deepEqual(await other.keyOf("a", fresh(2)), keyOf(1));
    assert.deepEqual(await other.keyOf("b", fresh(3)), keyOf(3));
    assert.deepEqual([await one.delete("a"), await other.delete("a")], [true, false]);
    assert.equal(await other.find("a"), null);
    assert.deepEqual(await one.find("b"), keyOf(3));
    await one.close();
    assert.deepEqual(await one.keyOf("a", fresh(4)), keyOf(4));
    await Promise.all([one.close(), other.close(), other.close()]);
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
  });

  it("leaves no byte of a key that was deleted", async (t) => {
    const folder = await tempFolder(t);
    const store = createSqlitePseudonymStore({ path: join(folder, "pseudonyms.db") });
    await store.keyOf("a", fresh(0xab));
    await store.delete("a");
    for (const name of fs.readdirSync(folder)) {
      assert.ok(!fs.readFileSync(join(folder, name)).includes(Buffer.alloc(8, 0xab)), name);
    }
    await store.close();
  });

  it("waits for another process that holds the file, and keeps nothing else waiting", async (t) => {
    const path = join(await tempFolder(t), "pseudonyms.db");
    const store = createSqlitePseudonymStore({ path });
    await store.keyOf("a", fresh(1));
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const order: string[] = [];
    const told = <T>(change: Promise<T>) => change.finally(() => order.push("changed"));
    const made = [told(store.keyOf("b", fresh(2))), told(store.keyOf("b", fresh(3)))];
    const deleted = told(store.delete("a"));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.deepEqual(await store.find("a"), keyOf(1));
    order.push("released");
    other.exec("COMMIT");
    const keys = await Promise.all(made);
    assert.equal(await deleted, true);
    assert.deepEqual(order, ["released", "changed", "changed", "changed"]);
    // Whoever was first, all have the same one.
    assert.deepEqual(keys[0], keys[1]);
    assert.deepEqual([await store.find("a"), await store.find("b")], [null, keys[0]]);
    other.close();
    await store.close();
  });

  it("is opened while another process holds the file", async (t) => {
    const path = join(await tempFolder(t), "pseudonyms.db");
    const [first, later] = [createSqlitePseudonymStore({ path }), createSqlitePseudonymStore({ path })];
    await first.keyOf("a", fresh(1));
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    assert.deepEqual(await later.find("a"), keyOf(1));
    other.close();
    await Promise.all([first.close(), later.close()]);
  });

  it("has not deleted a key as long as somebody reads what holds its bytes", async (t) => {
    const folder = await tempFolder(t);
    const path = join(folder, "pseudonyms.db");
    const store = createSqlitePseudonymStore({ path });
    await store.keyOf("a", fresh(0xab));
    const reader = new DatabaseSync(path);
    reader.exec("BEGIN; SELECT count(*) FROM pseudonyms");
    let isDeleted = false;
    const deleting = store.delete("a").then((isThere) => {
      isDeleted = true;
      return isThere;
    });
    while ((await store.find("a")) !== null) await setImmediate();
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    assert.equal(isDeleted, false);
    reader.exec("COMMIT");
    assert.equal(await deleting, true);
    for (const name of fs.readdirSync(folder)) {
      assert.ok(!fs.readFileSync(join(folder, name)).includes(Buffer.alloc(8, 0xab)), name);
    }
    reader.close();
    await store.close();
  });

  it("refuses what still waits for another process when it is closed", async (t) => {
    const path = join(await tempFolder(t), "pseudonyms.db");
    const store = createSqlitePseudonymStore({ path });
    await store.keyOf("a", fresh(1));
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const waiting = assert.rejects(store.keyOf("b", fresh(2)), unavailable);
    await setImmediate();
    await store.close();
    await waiting;
    other.close();
  });

  it("refuses a file that is none of its own, and leaves it as it is", async (t) => {
    const folder = await tempFolder(t);
    const [text, later, folderPath] = ["text.db", "later.db", "folder.db"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    fs.writeFileSync(text, "no database at all, but long enough to be looked at as one ".repeat(20));
    new DatabaseSync(later).exec("PRAGMA user_version = 2");
    fs.mkdirSync(folderPath);
    for (const path of [text, later, folderPath]) {
      const store = createSqlitePseudonymStore({ path });
      await assert.rejects(store.keyOf("a", fresh(1)), unavailable, path);
      await assert.rejects(store.find("a"), unavailable, path);
      await store.close();
    }
    assert.match(fs.readFileSync(text, "utf8"), /^no database/);
  });

  it("does not take the mistake of somebody else for one of the disk", async (t) => {
    const store = createSqlitePseudonymStore({ path: join(await tempFolder(t), "pseudonyms.db") });
    const mistake = new TypeError("a mistake");
    const failing = () => {
      throw mistake;
    };
    await assert.rejects(store.keyOf("a", failing), mistake);
    assert.equal(await store.find("a"), null);
    await store.close();
  });
});

function unavailable(error: HaechiError): true {
  assert.deepEqual([error.code, error.reason], ["AUDIT_UNWRITABLE", "pseudonyms_unavailable"]);
  return true;
}
