package disk

import "syscall"

// errnoCauses are the system error codes of Windows (winerror.h) that the calls of a file
// system give, and the numbers that Go makes up for it.
var errnoCauses = map[syscall.Errno]Cause{
	112: full, 39: full, // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
	1295: quota, 1816: quota, // ERROR_DISK_QUOTA_EXCEEDED, ERROR_NOT_ENOUGH_QUOTA
	223: large,                                  // ERROR_FILE_TOO_LARGE
	5:   noAccess, 65: noAccess, 1314: noAccess, // ERROR_ACCESS_DENIED, ERROR_NETWORK_ACCESS_DENIED, ERROR_PRIVILEGE_NOT_HELD
	19: protected, 6009: noAccess, // ERROR_WRITE_PROTECT, ERROR_FILE_READ_ONLY
	23: faulty, 25: faulty, 27: faulty, 29: faulty, 30: faulty, 31: faulty, // CRC, SEEK, SECTOR_NOT_FOUND, WRITE_FAULT, READ_FAULT, GEN_FAILURE
	1117: faulty, 1392: faulty, 1393: faulty, 483: faulty, // IO_DEVICE, FILE_CORRUPT, DISK_CORRUPT, DEVICE_HARDWARE_ERROR
	15: gone, 20: gone, 21: gone, 55: gone, 433: gone, // INVALID_DRIVE, BAD_UNIT, NOT_READY, DEV_NOT_EXIST, NO_SUCH_DEVICE
	1006: gone, 1110: gone, 1112: gone, 1167: gone, 1617: gone, 34: gone, // FILE_INVALID, MEDIA_CHANGED, NO_MEDIA_IN_DRIVE, DEVICE_NOT_CONNECTED, DEVICE_REMOVED, WRONG_DISK
	1005: unable,                                                // ERROR_UNRECOGNIZED_VOLUME
	32:   inUse, 33: inUse, 170: inUse, 1224: inUse, 303: inUse, // SHARING_VIOLATION, LOCK_VIOLATION, BUSY, USER_MAPPED_FILE, DELETE_PENDING
	4: tooMany, 8: memory, 14: memory, 1450: memory, 1455: memory, // TOO_MANY_OPEN_FILES, NOT_ENOUGH_MEMORY, OUTOFMEMORY, NO_SYSTEM_RESOURCES, COMMITMENT_LIMIT
	206: longName, 111: longName, // FILENAME_EXCED_RANGE, BUFFER_OVERFLOW
	123: badName, 161: badName, 87: badName, // INVALID_NAME, BAD_PATHNAME, INVALID_PARAMETER
	1921: loop,                // CANT_RESOLVE_FILENAME
	2:    missing, 3: missing, // FILE_NOT_FOUND, PATH_NOT_FOUND
	80: present, 183: present, // FILE_EXISTS, ALREADY_EXISTS
	267: notFolder, 145: notEmpty, // DIRECTORY, DIR_NOT_EMPTY
	17: unable, 50: unable, 1: unable, // NOT_SAME_DEVICE, NOT_SUPPORTED, INVALID_FUNCTION
	53: network, 54: network, 59: network, 64: network, 67: network, 121: network, 1231: network, // BAD_NETPATH and the like
	syscall.ENOSPC: full, syscall.EDQUOT: quota, syscall.EROFS: protected, syscall.EIO: faulty,
	syscall.EACCES: noAccess, syscall.EPERM: noAccess, syscall.ENODEV: gone, syscall.ENXIO: gone,
	syscall.EMFILE: tooMany, syscall.ENFILE: tooMany, syscall.ENAMETOOLONG: longName, syscall.ELOOP: loop,
	syscall.EISDIR: isFolder, syscall.EEXIST: present,
}
