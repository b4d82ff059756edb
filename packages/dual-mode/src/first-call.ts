/**
 * Everything that a call needs if the cache does not answer it at once. It is one file, loaded at
 * the first such call: a program that is answered from the cache, or asks nothing, starts without
 * it.
 */

export { openToolServer } from "./cli/open-tool-server.ts";
export { runLines } from "./cli/run-lines.ts";
export { CallMaker } from "./client/call-maker.ts";
export { loadModes } from "./client/load-modes.ts";
export { searchCommand } from "./detect/search-command.ts";
export { toChatParts } from "./kit/chat-parts.ts";
export { FileBatchCalls } from "./kit/file-batch-calls.ts";
export { listChatModels, runChat } from "./kit/run-chat.ts";
