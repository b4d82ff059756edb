import { compareKeys } from "../support/compare-keys.ts";

const [count, seed] = process.argv.slice(2).map(Number) as [number, number];
process.stdout.write(`${compareKeys(count, seed)} keys equal\n`);
