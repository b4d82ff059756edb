/** Bytes of the heap that are in use, once the garbage is collected (`--expose-gc`). */
export async function heapNow(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}
