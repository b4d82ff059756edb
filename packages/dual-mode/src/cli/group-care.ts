/** How a process group is ended early. */
export interface GroupCare {
  /** Whether it is killed at once, without SIGTERM. */
  readonly expendable?: boolean | undefined;
  /** A descriptor that is kept open until the group is gone, even if the host ends by SIGKILL. */
  readonly held?: number | undefined;
}
