import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Origin } from "./run-property.ts";

export interface FoundFault extends Origin {
  readonly property: string;
}

export function keptFaults(fuzzer: string): readonly FoundFault[] {
  const path = foundPath(fuzzer);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
}

export function keepFault(fuzzer: string, fault: FoundFault): void {
  const faults = [...keptFaults(fuzzer), fault];
  writeFileSync(foundPath(fuzzer), `${JSON.stringify(faults, undefined, 2)}\n`);
}

function foundPath(fuzzer: string): string {
  return fuzzer.replace(/\.fuzz\.ts$/, ".found.json");
}
