package pgtest

import "os/exec"

// other gives none: these tests run PostgreSQL on a Unix socket with the permissions of
// Unix.
func other() (as func(*exec.Cmd) *exec.Cmd, uid, gid int) { return nil, -1, -1 }
