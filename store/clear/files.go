package clear

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// File is a file beside the ledger that holds what goes.
type File struct {
	Path string
	What string
	// Ours tells that the program made it and may remove it: a copy of the ledger, rows
	// that were not taken from a list, a bundle that is not encrypted.
	Ours bool
}

// What files are.
const (
	whatCopy     = "台账的旧拷贝"
	whatRejected = "拒收的行"
	whatBundle   = "没有加密的报送包"
	whatOther    = "表格或文件"
)

// The bounds of looking: a ledger may lie among a person's own files.
const (
	mostFiles = 4000
	mostDepth = 3
	mostBytes = 512 << 20 // of one file
	mostEntry = 64 << 20  // of one part of a sheet
)

// FolderSetting keeps the folder in which sheets were last read or written.
const FolderSetting = "sheet.folder"

// beside looks into the files that lie in the ledger's folder and below it, and into those
// of the folder of sheets, for what goes.
func beside(ctx context.Context, l *store.Ledger, found *secrets) ([]File, error) {
	home := filepath.Dir(l.Path())
	var all []File
	seen := map[string]bool{}
	look := func(path string) {
		if seen[path] || strings.HasPrefix(path, l.Path()) && ofLedger[strings.TrimPrefix(path, l.Path())] {
			return
		}
		seen[path] = true
		if f, holds := lookInto(path, found); holds && (f.What != whatCopy || sameBook(ctx, path, l.Home().ID)) {
			f.Ours = f.Ours && (f.What != whatCopy || isBackup(path, home))
			all = append(all, f)
		}
	}
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return ctx.Err() // what can't be read can't be looked into
		}
		if d.IsDir() && path != home && strings.Count(path[len(home):], string(filepath.Separator)) > mostDepth {
			return fs.SkipDir
		}
		if d.Type().IsRegular() && len(seen) < mostFiles {
			look(path)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	sheets, err := l.Setting(ctx, FolderSetting)
	if err != nil || sheets == "" {
		return all, err
	}
	entries, err := os.ReadDir(sheets)
	if err != nil {
		return all, nil //nolint:nilerr // A folder that has gone holds nothing.
	}
	for _, e := range entries {
		if e.Type().IsRegular() && len(seen) < mostFiles {
			look(filepath.Join(sheets, e.Name()))
		}
	}
	return all, nil
}

// ofLedger are the ends of the names of the ledger's own files.
var ofLedger = map[string]bool{"": true, "-wal": true, "-shm": true, ".lock": true, ".holder": true}

// lookInto tells what a file is, and whether it holds what goes.
func lookInto(path string, found *secrets) (File, bool) {
	f := File{Path: path, What: whatOther}
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 || info.Size() > mostBytes {
		return f, false
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return f, false
	}
	switch {
	case isLedger(content):
		f.What, f.Ours = whatCopy, true
	case strings.HasSuffix(path, ".rejected.xlsx"):
		f.What, f.Ours = whatRejected, true
	}
	if !bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return f, found.inBytes(content)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return f, false
	}
	holds := false
	for _, part := range archive.File {
		if part.Name == "datapackage.json" {
			f.What, f.Ours = whatBundle, true
		}
		if holds {
			continue
		}
		r, err := part.Open()
		if err != nil {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(r, mostEntry))
		//nolint:errcheck // It was only read.
		r.Close()
		holds = err == nil && found.inBytes(text)
	}
	return f, holds
}

// isBackup tells by its name and place that a copy of the ledger was made to be kept. Any
// other may be the book that is really written in: it is named, and left alone.
func isBackup(path, home string) bool {
	name, dir := filepath.Base(path), filepath.Dir(path)
	if dir == home {
		return strings.Contains(name, "备份") || strings.Contains(name, "-恢复前-") || formerVersion.MatchString(name)
	}
	return filepath.Dir(dir) == home && strings.Contains(filepath.Base(dir), "备份")
}

// formerVersion is the name of what is kept before a ledger is brought to a newer schema.
var formerVersion = model.NewPattern(`\.v[0-9]+\.db$`)

// isLedger tells a copy of a ledger by its first bytes (sqlite.org/fileformat, 1.3).
func isLedger(content []byte) bool {
	return len(content) >= 100 && bytes.HasPrefix(content, []byte("SQLite format 3\x00")) && binary.BigEndian.Uint32(content[68:72]) == disk.LedgerID
}

// sameBook tells whether a ledger's file is a copy of this one: another organisation's has
// its own clearing.
func sameBook(ctx context.Context, path, home string) bool {
	r, err := raw.OpenReaders(path, raw.Immutable)
	if err != nil {
		return false
	}
	ids, err := raw.TextsOnce(ctx, r, "SELECT value FROM setting WHERE name = ?", store.SettingHome)
	return errors.Join(err, r.Close()) == nil && len(ids) == 1 && ids[0] == home
}

// inBytes is holds for what may be no text.
func (s *secrets) inBytes(content []byte) bool {
	for _, list := range [][]string{s.numbers, s.texts, s.masked} {
		for _, v := range list {
			if bytes.Contains(content, []byte(v)) {
				return true
			}
		}
	}
	return false
}
