// Package copies finds the copies of a ledger that lie about, for one that is damaged: how
// far each goes, and what would be lost by going back to it.
package copies

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Facts are how far a ledger's file goes, as far as it can be read.
type Facts struct {
	Unit    string // its home organisation's code
	home    string // and its id, which stays when the code changes
	Name    string // and what it is called
	Saved   string // when something was written last, YYYY-MM-DDThh:mm:ssZ; "" for nothing
	Changes int64  // how many changes it remembers
	Records int64  // on file, those in the recycle bin left out
}

// Copy is a ledger's file in another place.
type Copy struct {
	Facts
	Path     string
	Modified time.Time
	// Wrong says in Chinese why it can't be gone back to; "" for a good one.
	Wrong string
	// Sealed tells that it is a county's encrypted backup: only its passphrase can tell
	// more. Wrong says so then.
	Sealed bool
	// Known tells whether the ledger itself could be read, for Lost and Fewer.
	Known bool
	Lost  int64 // changes that the ledger remembers and the copy doesn't; never below 0
	Fewer int64 // records on file that the copy has fewer; below 0 where it has more
}

// most bounds how many files of a folder are looked into, the newest.
const most = 12

// big is the size in bytes above which a copy is not looked through before it is chosen:
// going back to it does so.
const big = 64 << 20

// Find gives the copies of the ledger at path that lie beside it, in the folders and in
// those below them that are named 备份: the good ones first, of these those that go
// furthest. What can't be read is left out, and so is another organisation's. Whose the
// ledger is, it says itself; where it can't any more, what the program has put beside it
// does; where nothing does, all are given.
func Find(ctx context.Context, path string, folders []string, book *store.Book) []Copy {
	own, known := read(ctx, path, book)
	all := gather(ctx, path, folders, book)
	own.whose(path, all)
	all = slices.DeleteFunc(all, own.unlike(all))
	for i := range all {
		if c := &all[i]; known && c.Wrong == "" {
			c.Known, c.Lost, c.Fewer = true, max(own.Changes-c.Changes, 0), own.Records-c.Records
		}
	}
	model.Sort(all, func(a, b Copy) int {
		return cmp.Or(cmp.Compare(model.OneIf(a.Wrong != ""), model.OneIf(b.Wrong != "")),
			-cmp.Compare(a.Saved, b.Saved), -cmp.Compare(a.Changes, b.Changes), -a.Modified.Compare(b.Modified))
	})
	return all
}

// whose fills in whose the ledger is that can't say so: what stands under its own name says
// it, in the folder of its daily backups and beside it.
func (f *Facts) whose(path string, all []Copy) {
	if f.Unit != "" || f.home != "" {
		return
	}
	for _, c := range all {
		dir, name := filepath.Split(c.Path)
		if c.home != "" && (filepath.Clean(dir) == store.BackupFolder(path) || filepath.Clean(dir) == filepath.Dir(path) && store.NamedAfter(name, filepath.Base(path))) {
			f.Unit, f.home = c.Unit, c.home
			return
		}
	}
}

// unlike tells of a copy whether it is another organisation's. One that is encrypted says
// whose it is by its name alone, by the code of its day.
func (f *Facts) unlike(all []Copy) func(Copy) bool {
	codes := map[string]bool{f.Unit: true}
	mine := func(c Copy) bool { return c.home != "" && c.home == f.home || c.Unit != "" && c.Unit == f.Unit }
	for _, c := range all {
		if mine(c) {
			codes[c.Unit] = true
		}
	}
	return func(c Copy) bool {
		if f.Unit == "" && f.home == "" {
			return false
		}
		if c.Sealed {
			code := store.BackupCode(filepath.Base(c.Path))
			return code != "" && !codes[code]
		}
		return !mine(c)
	}
}

// gather gives all that may be copies of the ledger.
func gather(ctx context.Context, path string, folders []string, book *store.Book) []Copy {
	var all []Copy
	seen := map[string]bool{}
	for _, dir := range append([]string{filepath.Dir(path)}, folders...) {
		for _, sub := range withBackups(dir) {
			if seen[sub] {
				continue
			}
			seen[sub] = true
			for _, c := range inFolder(sub, path) {
				all = append(all, look(ctx, c, book))
			}
		}
	}
	return all
}

func withBackups(dir string) []string {
	all := []string{filepath.Clean(dir)}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && strings.Contains(e.Name(), "备份") {
			all = append(all, filepath.Join(dir, e.Name()))
		}
	}
	return all
}

// inFolder gives the newest files of a folder that may be copies of a ledger.
func inFolder(dir, ledger string) []Copy {
	own, ownErr := os.Stat(ledger)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var all []Copy
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !copied(e.Name()) || ownErr == nil && os.SameFile(info, own) {
			continue
		}
		all = append(all, Copy{Path: filepath.Join(dir, e.Name()), Modified: info.ModTime()})
	}
	model.Sort(all, func(a, b Copy) int { return -a.Modified.Compare(b.Modified) })
	return all[:min(len(all), most)]
}

// copied tells by its name what may be a copy of a ledger.
func copied(name string) bool { return filepath.Ext(name) == ".db" || store.IsKitName(name) }

// look fills in what a copy is worth.
func look(ctx context.Context, c Copy, book *store.Book) Copy {
	if store.IsKitName(filepath.Base(c.Path)) { // without its passphrase nobody can say
		c.Wrong, c.Sealed = "县里的加密备份,要打口令", true
		if strings.HasSuffix(c.Path, SealedEnd) {
			c.Wrong = "加了密的备份,要打口令"
		}
		return c
	}
	c.Facts, _ = read(ctx, c.Path, book)
	l, err := store.Open(ctx, c.Path, store.Options{Book: book, ReadOnly: true})
	if err == nil {
		err = l.Damaged()
		if info, statErr := os.Stat(c.Path); err == nil && statErr == nil && info.Size() <= big {
			err = l.Integrity(ctx)
		}
		err = errors.Join(err, l.Close())
	}
	var known *model.Error
	switch {
	case errors.As(err, &known):
		c.Wrong = map[string]string{"E-OLD": "旧版程序的", "E-NEWER": "新版程序的", "E-NOTLEDGER": "不是台账", "E-PERM": "没有权限读", "E-UNSOUND": "里面有要先改好的"}[known.Code]
		if c.Wrong == "" {
			c.Wrong = "也坏了"
		}
	case err != nil:
		c.Wrong = "读不出来"
	}
	return c
}

// read asks a file how far it goes; false where it can't say.
func read(ctx context.Context, path string, book *store.Book) (f Facts, ok bool) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return f, false
	}
	how := raw.FileReadOnly
	if log, err := os.Stat(path + "-wal"); err != nil || log.Size() == 0 {
		how = raw.Immutable // nothing is made beside it
	}
	r, err := raw.OpenReaders(path, how)
	if err != nil {
		return f, false
	}
	defer func() { ok = r.Close() == nil && ok }()
	text := func(query string) string {
		all, err := raw.TextsOnce(ctx, r, query)
		if err != nil || len(all) == 0 {
			return ""
		}
		return all[0]
	}
	home := " FROM " + raw.Quote(book.Org.Kind) + " WHERE id = (SELECT value FROM setting WHERE name = '" + store.SettingHome + "')"
	f.home = text("SELECT value FROM setting WHERE name = '" + store.SettingHome + "'")
	f.Unit, f.Name = text("SELECT "+raw.Quote(book.Org.Code)+home), text("SELECT "+raw.Quote(book.Org.Name)+home)
	f.Saved = text("SELECT at FROM history ORDER BY seq DESC LIMIT 1")
	if f.Changes, err = raw.NumberOnce(ctx, r, "SELECT max(seq) FROM history"); err != nil {
		return f, false
	}
	for _, k := range book.Kinds.Kinds() {
		n, err := raw.NumberOnce(ctx, r, "SELECT count(*) FROM "+raw.Quote(k.Name)+" WHERE deleted_at IS NULL")
		if err != nil {
			continue // a table that has gone counts for none
		}
		f.Records += n
	}
	return f, true
}
