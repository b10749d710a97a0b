package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
)

// full is a disk with no room left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestResultThatCantBeWritten asks for what goes to a full disk.
func TestResultThatCantBeWritten(t *testing.T) {
	var said bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: full{}, Stderr: &said, Getenv: os.Getenv}
	if status := m.Run(context.Background(), []string{"version"}); status != exitData || !strings.Contains(said.String(), "没有写全") {
		t.Errorf("status %d: %s", status, said.String())
	}
}
