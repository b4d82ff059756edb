declare module "fs-native-extensions" {
  /** Returns false if another descriptor holds a lock on one of these bytes. */
  export function tryLock(fd: number, offset: number, length: number): boolean;
  export function unlock(fd: number): void;
}
