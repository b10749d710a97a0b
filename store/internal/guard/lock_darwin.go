package guard

// From bsd/sys/fcntl.h, where they are private; a system that refuses them has the lock
// file alone.
const (
	setLock = 90
	getLock = 92
)
