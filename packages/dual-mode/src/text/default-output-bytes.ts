/** What is read at most of one answer, of a command or of a server, where nobody says otherwise. */
export const defaultOutputBytes: number = 64 * 1024 * 1024;
