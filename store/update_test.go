package store_test

import "flag"

// The golden file in testdata is written by store/book, since it shows the standard
// book; the flag is there so that one command can rewrite those of all packages:
// go test ./... -update.
var _ = flag.Bool("update", false, "rewrite golden files")
