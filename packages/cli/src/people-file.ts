/** What is built into a file of its own: only a server that people sign in to reads it. */

export { oidcPeople, proxyPeople } from "@acc/server/people";
