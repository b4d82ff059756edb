/** It opens nothing but the server of a benchmark. */
export const token = "the-token-of-a-benchmark-and-of-nothing-else";
