import { statfsSync } from "node:fs";

/** The magic numbers (statfs(2)) of file systems that only one machine mounts. */
const local: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // xfs
  0x9123683e, // btrfs
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x794c7630, // overlayfs
  0x2fc12fc1, // zfs
  0xf2f52010, // f2fs
  0xca451a4e, // bcachefs
  0x3153464a, // jfs
  0x52654973, // reiserfs
  0x4d44, // vfat
  0x2011bab0, // exfat
  0x5346544e, // ntfs
  0x7366746e, // ntfs3
]);

/**
 * Returns true if only this machine can hold locks in the folder, so that its kernel knows all of
 * them.
 */
export function isLocalFolder(folder: string): boolean {
  if (process.platform !== "linux") return true;
  try {
    return local.has(statfsSync(folder).type);
  } catch {
    return false;
  }
}
