import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { Ledger } from "../src/vendor/ledger.ts";

const head = { vendor: "claude", asked: "a" };
const intended = {
  most: 1,
  account: { baseUrl: null, key: "0123456789ab" },
  lines: [
    [0, "0123456789ab"],
    [1, "ba9876543210"],
  ] as const,
};

function output(): string {
  const folder = mkdtempSync(join(tmpdir(), "acc-ledger-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "out.jsonl");
}

async function prototypeOfFiles(path: string): Promise<FileHandle> {
  const handle = await open(path, "w");
  await handle.close();
  return Object.getPrototypeOf(handle);
}

it("writes all of an entry where the system takes a piece at a time", async () => {
  const path = output();
  const files = await prototypeOfFiles(`${path}.other`);
  const { write } = files;
  vi.spyOn(files, "write").mockImplementation(function (this: FileHandle, ...asked: unknown[]) {
    const [bytes, start, length, at] = asked as [Buffer, number, number, number];
    return Reflect.apply(write, this, [bytes, start, Math.min(length, 7), at]);
  });
  const ledger = await Ledger.at(path, head);
  await ledger.submitted(await ledger.intend("mark", intended), "batch_1");
  await ledger.close();
  const again = await Ledger.at(path, head);
  const batch = again.open.get("mark");
  expect(batch).toMatchObject({ id: "batch_1", account: intended.account });
  expect([...(batch?.lines.keys() ?? [])]).toEqual([0, 1]);
  expect([0, 1, 2].map((index) => batch?.lines.digestOf(index))).toEqual([
    "0123456789ab",
    "ba9876543210",
    undefined,
  ]);
  await again.close();
});

it("tells of a disk without room as of one that cannot be written to", async () => {
  const path = output();
  const ledger = await Ledger.at(path, head);
  const files = await prototypeOfFiles(`${path}.other`);
  const spy = vi.spyOn(files, "write");
  spy.mockRejectedValueOnce(Object.assign(new Error("no room"), { code: "ENOSPC" }));
  const asked = ledger.intend("mark", intended);
  await expect(asked).rejects.toMatchObject({ code: "OUTPUT_UNWRITABLE" });
  await ledger.close();
});

/** How often this process has a file open, as Linux tells it. */
function openTimes(path: string): number {
  const links = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return undefined;
    }
  });
  return links.filter((link) => link === path).length;
}

it.runIf(process.platform === "linux")(
  "leaves no file open where what is in it cannot be read, or is another vendor's",
  async () => {
    const path = output();
    const ledger = await Ledger.at(path, head);
    await ledger.intend("mark", intended);
    expect(openTimes(`${path}.vendor`)).toBe(1);
    await ledger.close();
    const other = Ledger.at(path, { ...head, vendor: "openai" });
    await expect(other).rejects.toMatchObject({ code: "INVALID_OPTION" });
    writeFileSync(`${path}.vendor`, "no JSON\n".repeat(2));
    await expect(Ledger.at(path, head)).rejects.toMatchObject({ code: "JOURNAL_UNREADABLE" });
    expect(openTimes(`${path}.vendor`)).toBe(0);
  },
);
