// Package habit is what a machine remembers of how its keyboard is used: whether the
// function keys arrive, or are media keys. It belongs to the machine and to no ledger.
package habit

import (
	"encoding/json"
	"os"
	"path/filepath"

	"taizhang/store"
	"taizhang/store/internal/disk"
)

// Keys is which keys the hints show.
type Keys string

// What is remembered.
const (
	Unasked  Keys = ""          // nobody was asked yet; the function keys are shown
	Function Keys = "function"  // F2 has arrived
	Ctrl     Keys = "ctrl"      // F2 did not arrive; once it does, the function keys are shown again
	CtrlOnly Keys = "ctrl-only" // the Ctrl keys are wanted, whatever arrives
)

// Ctrl tells whether the hints show the Ctrl keys.
func (k Keys) Ctrl() bool { return k == Ctrl || k == CtrlOnly }

// Path names the file in which a machine remembers, beside that of store.NotePath; "" where
// there is no place for it.
func Path() string {
	note := store.NotePath()
	if note == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(note), "keyboard.json")
}

// kept is the file.
type kept struct {
	Keys Keys `json:"keys"`
}

// Read gives what is remembered; Unasked where the file is missing or can't be understood,
// and for "".
func Read(file string) Keys {
	var k kept
	text, err := os.ReadFile(file)
	if err != nil || json.Unmarshal(text, &k) != nil {
		return Unasked
	}
	switch k.Keys {
	case Function, Ctrl, CtrlOnly:
		return k.Keys
	}
	return Unasked
}

// Write remembers it; "" remembers nothing.
func Write(file string, keys Keys) error {
	if file == "" {
		return nil
	}
	text, err := json.Marshal(kept{keys})
	if err != nil {
		return err
	}
	if err := disk.MakeFolders(filepath.Dir(file)); err != nil {
		return err
	}
	return disk.WholeBytes(file, text)
}
