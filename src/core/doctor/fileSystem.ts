/**
 * The type of the file system that holds a path (`ext4`, `nfs4`, `fuse.sshfs`), from Linux's
 * /proc/self/mountinfo (https://docs.kernel.org/filesystems/proc.html); null when it is not told there.
 */
export function fileSystemOf(path: string, mountinfo: string): string | null {
  let best: { readonly point: string; readonly type: string } | null = null;
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = before.split(' ')[4]?.replace(/\\(\d{3})/g, (_, octal: string) => unescaped(octal));
    const [type = ''] = after.split(' ');
    if (point === undefined || type === '' || !isBelow(path, point)) continue;
    // Of two at one place the later one lies on top.
    if (best === null || point.length >= best.point.length) best = { point, type };
  }
  return best?.type ?? null;
}

const unescaped = (octal: string): string => String.fromCharCode(Number.parseInt(octal, 8));

const isBelow = (path: string, point: string): boolean =>
  path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);

/** Those on which the locks and the shared memory of SQLite cannot be relied on (https://www.sqlite.org/wal.html). */
const NETWORK =
  /^(nfs\d?|cifs|smb\w*|9p|afs|ceph|lustre|ocfs2|gfs2|davfs|fuse\.(sshfs|rclone|s3fs|glusterfs|davfs\d?|cephfs|smbnetfs))$/;

export const isNetwork = (type: string): boolean => NETWORK.test(type);
