/**
 * The cost of scrypt for a new passphrase: 128 MiB and about 400 ms; the memory in bytes is 128 * N
 * * r.
 */
export const usualCost: { readonly N: number; readonly r: number; readonly p: number } = {
  N: 2 ** 17,
  r: 8,
  p: 1,
};
