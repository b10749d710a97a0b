package pgtest

import (
	"os"
	"os/exec"
)

var fast = os.Kill

// other gives none: these tests run PostgreSQL on a Unix socket with the permissions of
// Unix.
func other() (as func(*exec.Cmd) *exec.Cmd, uid, gid int) { return nil, -1, -1 }
