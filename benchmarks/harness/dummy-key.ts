/** Opens nothing: the vendors are played on loopback. */
export const key = "no-key-of-anybody";
