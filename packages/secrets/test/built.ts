/** What a process that a test starts imports. */
export const built = new URL("../dist/index.js", import.meta.url).href;

/** On Linux root may start processes as other users, and mount. */
export const isRoot = process.getuid?.() === 0 && process.platform === "linux";
