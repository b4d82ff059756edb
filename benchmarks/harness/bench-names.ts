/** Every bench is a folder with a `bench.ts`; they run in this order. */
export const benchNames: readonly string[] = [
  "key",
  "memory",
  "disk",
  "flight",
  "scale",
  "hit",
  "sdk",
  "pace",
  "server",
  "batch",
  "cli",
  "first",
  "through",
  "secrets",
  "start",
  "install",
];
