/**
 * The most bytes that are read of one answer, of a command or of a server, unless a limit is set.
 */
export const defaultOutputBytes: number = 64 * 1024 * 1024;
