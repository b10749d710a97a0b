//go:build !windows

package disk

import "syscall"

// errnoCauses are the numbers of errno(3) that the calls of a file system give.
var errnoCauses = map[syscall.Errno]Cause{
	syscall.ENOSPC: full, syscall.EDQUOT: quota, syscall.EFBIG: large,
	syscall.EACCES: noAccess, syscall.EPERM: noAccess, syscall.EROFS: protected,
	syscall.EIO: faulty, syscall.EILSEQ: badName, syscall.EINVAL: badName,
	syscall.ENODEV: gone, syscall.ENXIO: gone, syscall.ENOTCONN: gone, syscall.ESTALE: gone,
	syscall.EBUSY: inUse, syscall.ETXTBSY: inUse, syscall.EAGAIN: inUse,
	syscall.EMFILE: tooMany, syscall.ENFILE: tooMany, syscall.ENOMEM: memory, syscall.ENOLCK: tooMany,
	syscall.ENAMETOOLONG: longName, syscall.ELOOP: loop,
	syscall.ENOENT: missing, syscall.EEXIST: present,
	syscall.ENOTDIR: notFolder, syscall.EISDIR: isFolder, syscall.ENOTEMPTY: notEmpty,
	syscall.EXDEV: unable, syscall.ENOTSUP: unable, syscall.ENOSYS: unable, syscall.EMLINK: unable,
	syscall.ETIMEDOUT: network, syscall.EHOSTDOWN: network, syscall.EHOSTUNREACH: network,
	syscall.ENETDOWN: network, syscall.ENETUNREACH: network, syscall.ECONNREFUSED: network, syscall.ECONNRESET: network,
}
