/** How a group is ended before its time. */
export interface GroupCare {
  /** It is killed, and not asked before. */
  readonly expendable?: boolean | undefined;
  /** A descriptor that is kept open until the group is gone, also where the host ends by SIGKILL. */
  readonly held?: number | undefined;
}
