package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
)

// Ending is how the names of packages end: they are age files, which any age opens.
const Ending = ".age"

// Written tells of a package that stands on the disk.
type Written struct {
	Path    string
	Words   []string
	Summary string // what is in it
	Names   []string
	Ended   []*model.Record // what was open at home and ended with the transfer
	Group   int64           // of the history, 0 where nothing was open
}

// Hand writes the package of persons transferred out, under path or, where that is a
// folder, under a free name in it; it never writes over a file. It is read back before it
// is said to stand. That whole numbers leave the ledger stands in the history, and what was
// open of the persons at home is ended, in one group.
//
// Errors: those of Gather, E-EXISTS, and what store.FileFault gives; Written is empty then.
// Where the package stands and only what was open could not be ended, both are given.
func Hand(ctx context.Context, l *store.Ledger, persons []string, path string) (Written, error) {
	p, err := Gather(ctx, l, persons)
	if err != nil {
		return Written{}, err
	}
	w := Written{Summary: p.Summary(l.Kinds())}
	for _, t := range p.Transfers {
		w.Names = append(w.Names, p.item(t.Person).Values["name"])
	}
	if w.Path, err = freePath(path, p.From.Code, l.Source().Today()); err != nil {
		return Written{}, err
	}
	if w.Words, err = NewWords(l.Source().Rand); err != nil {
		return Written{}, err
	}
	sealed, err := p.Seal(w.Words)
	if err != nil {
		return Written{}, err
	}
	if err := ctx.Err(); err != nil {
		return Written{}, err
	}
	err = l.NoteHandOut(ctx, store.HandedOut{Title: "移交包:" + w.Summary, Purpose: "转接组织关系", Receiver: p.Transfers[0].To, File: w.Path})
	if err != nil {
		return Written{}, err
	}
	if err := deliver(w.Path, sealed); err != nil {
		return Written{}, store.FileFault(err, w.Path, "台账里的记录没有变,可以再写一次")
	}
	ends, err := Ends(ctx, l, persons)
	if err != nil || len(ends) == 0 {
		return w, err
	}
	saved, err := l.Save(ctx, model.FromForm, ends...)
	w.Ended, w.Group = saved.Records, saved.Group
	return w, err
}

func (p *Package) item(no string) Item {
	for _, it := range p.Records {
		if it.No == no {
			return it
		}
	}
	return Item{}
}

// freePath gives the file to write.
func freePath(path, code string, day model.Date) (string, error) {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return "", model.Errorf("E-EXISTS", "“%s”已经有了,请换一个文件名", path)
		}
		return path, nil
	}
	for n := 1; n < 1000; n++ {
		name := fmt.Sprintf("%s_移交_%s%s", code, day, Ending)
		if n > 1 {
			name = fmt.Sprintf("%s_移交_%s_%d%s", code, day, n, Ending)
		}
		file := filepath.Join(path, name)
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			return file, nil
		}
	}
	return "", model.Errorf("E-EXISTS", "文件夹“%s”里今天的移交包太多了,请换一个文件夹", path)
}

// deliver writes the file whole or not at all, and reads back what stands on the disk.
func deliver(path string, sealed []byte) error {
	pending, err := disk.PrepareBytes(path, sealed)
	if err != nil {
		return err
	}
	if err := pending.FinishSafe(); err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err == nil {
		if !bytes.Equal(data, sealed) {
			err = model.Errorf("E-READBACK", "读回来的内容和写下去的不一样,U盘可能坏了,请换一个再写")
		} else {
			err = pending.There() // what was read may have stood in memory alone
		}
	}
	if err != nil {
		return errors.Join(err, disk.Remove(path))
	}
	return nil
}

// Read reads a file and opens it. Errors: those of Open, and what store.ReadFault gives.
func Read(path, typed string) (*Package, error) {
	info, err := os.Stat(path)
	if err == nil && (info.IsDir() || info.Size() > MaxSize) {
		return nil, notPackage()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, store.ReadFault(err, path)
	}
	return Open(data, typed)
}
