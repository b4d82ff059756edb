export { madeCompiledFolder, ownCompiledFolder } from "./store/compiled-folder.ts";
export { cacheDirectory } from "./store/directory.ts";
export { machineKey, madeMachineKey } from "./store/machine-key.ts";
export { isOwn } from "./store/own-file.ts";
export { isOwnPlace } from "./store/own-place.ts";
