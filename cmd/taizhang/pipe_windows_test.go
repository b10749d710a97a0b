package main

import (
	"os"
	"testing"
)

// makePipe makes a folder: no file here is a pipe.
func makePipe(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}
