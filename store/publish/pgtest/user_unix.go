//go:build unix

package pgtest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// other gives how to start a program as one who may run PostgreSQL, which refuses root: as
// oneself, or for root as the user postgres, or as nobody. uid is −1 for oneself.
func other() (as func(*exec.Cmd) *exec.Cmd, uid, gid int) {
	if os.Geteuid() != 0 {
		return func(c *exec.Cmd) *exec.Cmd { return c }, -1, -1
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err = strconv.Atoi(u.Uid)
		if err != nil {
			continue
		}
		if gid, err = strconv.Atoi(u.Gid); err != nil {
			continue
		}
		return func(c *exec.Cmd) *exec.Cmd {
			c.Dir = "/"
			c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}} //nolint:gosec // Of the system's own table.
			return c
		}, uid, gid
	}
	return nil, -1, -1
}
