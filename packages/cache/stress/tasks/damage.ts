import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openCache } from "@acc/cache";
import { type Place, storeOf } from "./place.ts";
import { isRight, sampleValue } from "./sample-value.ts";

export interface DamageOrder extends Place {
  readonly flips: number;
  readonly cuts: number;
}

export interface DamageResult {
  readonly readings: number;
  readonly wrong: number;
  readonly thrown: number;
  readonly missed: number;
}

const ENTRIES = 30;

/** Flips a byte or cuts the file at a random place, again and again, each time in a sound copy. */
export async function damage(order: DamageOrder): Promise<DamageResult> {
  const sound = join(order.directory, "sound");
  const copy = join(order.directory, "copy");
  await fill({ ...order, directory: sound });
  const sum = { readings: 0, wrong: 0, thrown: 0, missed: 0 };
  for (let round = 0; round < order.flips + order.cuts; round++) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(sound, copy, { recursive: true });
    const path = anyFile(copy);
    if (round < order.flips) flip(path);
    else truncateSync(path, Math.floor(Math.random() * readFileSync(path).length));
    await readAll({ ...order, directory: copy }, sum);
  }
  return sum;
}

async function fill(place: Place): Promise<void> {
  const cache = openCache({ store: [storeOf(place)] });
  for (let index = 0; index < ENTRIES; index++) {
    await cache.set(cache.key({ index }), sampleValue(index, 1));
  }
  await cache.close();
}

function anyFile(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /entries|\.db$/.test(path));
  return files[Math.floor(Math.random() * files.length)] as string;
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(Math.random() * bytes.length);
  bytes[at] = (bytes[at] as number) ^ (1 + Math.floor(Math.random() * 255));
  writeFileSync(path, bytes);
}

async function readAll(place: Place, sum: { -readonly [K in keyof DamageResult]: number }) {
  const cache = openCache({ store: [storeOf(place)] });
  for (let index = 0; index < ENTRIES; index++) {
    try {
      const entry = await cache.get(cache.key({ index }));
      sum.readings++;
      if (!entry) sum.missed++;
      else if (!isRight(entry.value, index)) sum.wrong++;
    } catch {
      sum.thrown++;
    }
  }
  await cache.close();
}
