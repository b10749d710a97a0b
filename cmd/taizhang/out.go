package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
)

// makeFolderFlag lets a command make the folder that it is told to write to. Without it a
// folder that is missing is taken for a slip in its name, or for a stick that is not there.
const makeFolderFlag = "make-folder"

// What the flags name that say where a command writes.
type outKind int

const (
	outFile   outKind = iota + 1 // a file, in a folder that is there
	outFolder                    // a folder that is there
	newFolder                    // a folder whose last part the command makes: that is what it is for
	newFile                      // a file that may begin such a folder
	outEither                    // a file or a folder that is there
)

// outFlags gives the flags of a command that say where it writes.
func outFlags(c *cobra.Command) map[string]outKind {
	switch c.CommandPath() {
	case "taizhang export", "taizhang county receipts", "taizhang county issue":
		return map[string]outKind{"out": outFolder, "profile": outFile}
	case "taizhang demo":
		return map[string]outKind{"out": newFolder}
	case "taizhang county init":
		return map[string]outKind{"dir": newFolder}
	case "taizhang init", "taizhang restore":
		return map[string]outKind{"db": newFile}
	case "taizhang fill":
		if by := c.Flags().Lookup("by"); by != nil && by.Value.String() != "" {
			return map[string]outKind{"out": outFolder}
		}
	case "taizhang backup", "taizhang transfer out":
		return map[string]outKind{"out": outEither}
	case "taizhang county status":
		return map[string]outKind{"out": outFile, "remind": outFile}
	}
	return map[string]outKind{"out": outFile}
}

// addMakeFolder gives the commands that write somewhere the flag that lets them make a
// folder.
func addMakeFolder(c *cobra.Command) {
	for _, sub := range c.Commands() {
		addMakeFolder(sub)
	}
	for name := range outFlags(c) {
		if f := c.Flags().Lookup(name); f != nil || name == "db" {
			c.Flags().Bool(makeFolderFlag, false, "没有这个文件夹时新建")
			return
		}
	}
}

// checkOut looks before any work at the places that a command is told to write to, and
// notes on which disk they lie: a stick pulled out meanwhile is missed then.
func (m *Main) checkOut(c *cobra.Command, args []string) error {
	m.asJSON = wantsJSON(c)
	if err := m.checkPaths(c, args); err != nil {
		return err
	}
	told, err := c.Flags().GetBool(makeFolderFlag)
	if err != nil {
		return nil //nolint:nilerr // A command without the flag writes nowhere by itself.
	}
	for name, kind := range outFlags(c) {
		f := c.Flags().Lookup(name)
		if f == nil || !f.Changed || f.Value.String() == "" {
			continue
		}
		if err := m.checkPlace(f.Value.String(), kind, told); err != nil {
			return err
		}
	}
	return nil
}

func (m *Main) checkPlace(path string, kind outKind, told bool) error {
	var needed string // the folder that must be there
	switch kind {
	case outFolder:
		needed = path
	case outEither:
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			needed = path
			break
		}
		needed = filepath.Dir(path)
	case newFolder:
		full, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		if needed = full; !isFolder(full) {
			needed = filepath.Dir(full)
		}
	case newFile:
		full, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		if needed = filepath.Dir(full); !isFolder(needed) {
			needed = filepath.Dir(needed)
		}
	default:
		needed = filepath.Dir(path)
	}
	if _, err := os.Stat(needed); told && errors.Is(err, fs.ErrNotExist) {
		for dir, err := filepath.Abs(needed); err == nil && !isFolder(dir); dir = filepath.Dir(dir) {
			m.made = append(m.made, dir)
		}
		if err := store.MakePlace(needed); err != nil {
			return err
		}
	}
	store.NotePlace(needed)
	err := store.CheckPlace(needed)
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-DIR" && !isFile(needed) {
		known.Message += ";确实要新建它,请加上 --" + makeFolderFlag
	}
	return err
}

// pathFlags are the flags, of any command, whose value is a file or a folder.
var pathFlags = []string{"db", "out", "dir", "key", "profile", "county-profile", "card", "remind", "place", "take", "report", "answer", "open", "words-file", "passphrase-file"}

// checkPaths refuses paths that can't be on this system, before anything is done: in flags,
// in $TAIZHANG_DB, and among the arguments of commands that take files.
func (m *Main) checkPaths(c *cobra.Command, args []string) error {
	paths := []string{m.Getenv("TAIZHANG_DB")}
	for _, name := range pathFlags {
		if f := c.Flags().Lookup(name); f != nil && f.Value.Type() == "string" {
			paths = append(paths, f.Value.String())
		}
	}
	use, _, _ := strings.Cut(c.Use, " --")
	if strings.Contains(use, "文件") || strings.Contains(use, ".xlsx") || strings.Contains(use, "U盘") || strings.Contains(use, "移交包") {
		paths = append(paths, args...)
	}
	for _, path := range paths {
		if err := store.CheckPath(path); err != nil {
			return err
		}
	}
	return nil
}

// wantsJSON reports whether a command is told to give its result as JSON.
func wantsJSON(c *cobra.Command) bool {
	for name, value := range map[string]string{"json": "true", "format": "json"} {
		if f := c.Flags().Lookup(name); f != nil && f.Value.String() == value {
			return true
		}
	}
	return false
}

func isFile(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// dropMade takes the folders away that were made for a command which then failed, where
// nothing stands in them.
func (m *Main) dropMade() {
	for _, dir := range m.made {
		if os.Remove(dir) != nil {
			return // something stands in it, and so in those above
		}
	}
}
