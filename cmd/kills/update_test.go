package kills

import "flag"

// This package has no golden files; the flag is there so that one command can
// rewrite those of all packages: go test ./... -update.
var _ = flag.Bool("update", false, "rewrite golden files")
