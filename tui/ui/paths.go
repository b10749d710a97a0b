package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/model"
)

// restart finds a path begun anew behind another one: /home/a//media/stick,
// C:\Users\E:\. The proposed folder then need not be deleted first.
var restart = model.NewPattern(`^.+[/\\](/|~|\\\\|[A-Za-z]:[/\\])`)

// expandHome takes a path as it was typed or pasted: without quotes around it,
// ~ standing for the home folder, what was begun anew without the older beginning.
func expandHome(typed string) string {
	typed = strings.ReplaceAll(TypedPath(typed), `"`, "")
	if at := restart.FindStringSubmatchIndex(typed); at != nil {
		typed = typed[at[2]:]
	}
	if rest, ok := strings.CutPrefix(typed, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return home + rest
		}
	}
	return typed
}

// waysFrom gives the entries above those of a folder: the folder itself where one is
// asked for, the one above it, and the sticks.
func waysFrom(dir string, ask PathAsk, drives func() []string) []Item {
	var ways []Item
	way := func(key, label, path string, folder bool) {
		ways = append(ways, Item{Key: key, Label: label, Note: path, Value: pathEntry{path, folder, true}})
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		full = dir
	}
	if ask.Folder {
		way(".", "就用这个文件夹", full, false)
	}
	if up := filepath.Dir(full); up != full {
		way("..", "上一级", up, true)
	}
	if ask.Near {
		for _, near := range nearFolders() {
			if near.path != full {
				way(near.path, near.label, near.path, true)
			}
		}
	}
	if drives == nil {
		return ways
	}
	for _, d := range drives() {
		if filepath.Clean(d) != full {
			way(d, "U盘", d, true)
		}
	}
	return ways
}

// entriesOf lists the files of a folder with one of the endings, then its folders.
// Hidden ones are left out.
func entriesOf(dir string, ask PathAsk) ([]Item, error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	var files, dirs []Item
	for _, e := range all {
		name := e.Name()
		entry := pathEntry{path: filepath.Join(dir, name)}
		switch ext := strings.ToLower(filepath.Ext(name)); {
		case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"):
		case isDir(dir, e):
			entry.folder = true
			dirs = append(dirs, Item{Key: name, Label: name + string(filepath.Separator), Note: "文件夹", Value: entry})
		case slices.Contains(ask.Exts, ext) && !ask.Folder:
			files = append(files, Item{Key: name, Label: name, Value: entry})
		}
	}
	return append(files, dirs...), nil
}

// isDir follows a symbolic link, since a stick is often reached by one.
func isDir(dir string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(dir, e.Name()))
	return err == nil && info.IsDir()
}

// FolderPath writes a folder as a path that goes on in it; "" is the person's folder.
func FolderPath(dir string) string {
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			home = "."
		}
		dir = home
	}
	return strings.TrimSuffix(dir, string(filepath.Separator)) + string(filepath.Separator)
}

// CompletePath gives the path that is meant by what was typed: where there is nothing of
// that name, the only file (or folder, where one is asked for) in its folder whose name
// fits what was begun. It reads the disk and runs in commands.
func CompletePath(typed string, ask PathAsk) string {
	path := expandHome(typed)
	if path == "" {
		return ""
	}
	path = filepath.Clean(path)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	all, err := entriesOf(filepath.Dir(path), ask)
	if err != nil {
		return path
	}
	all = slices.DeleteFunc(all, func(it Item) bool {
		entry, _ := it.Value.(pathEntry)
		return entry.folder != ask.Folder || !model.Matches(it.Key, filepath.Base(path))
	})
	if len(all) != 1 {
		return path
	}
	return filepath.Join(filepath.Dir(path), all[0].Key)
}
