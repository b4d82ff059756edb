declare module "fs-native-extensions" {
  /** False when another descriptor holds a lock on one of these bytes. */
  export function tryLock(fd: number, offset: number, length: number): boolean;
  export function unlock(fd: number): void;
}
