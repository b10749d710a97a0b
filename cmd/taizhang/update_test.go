package main

import "flag"

// update rewrites licenses.txt; the flag stands here also so that one command can rewrite
// the golden files of all packages: go test ./... -update.
var update = flag.Bool("update", false, "rewrite golden files")
