package kit

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// An extract (store/extract) travels in the form of a county's backup: an age file under a
// passphrase of a gzipped tar, of manifest.json with a type of its own and township.db.
const (
	extractType = "taizhang-township-extract"
	extractFile = "township.db"
)

// SealExtract writes a ledger that is an extract to path, encrypted: nothing of it is ever
// there in clear. *model.Error: E-PERM, E-FULL, E-WRITE.
func SealExtract(ctx context.Context, l *store.Ledger, path string, o Options) error {
	home := l.Home()
	m := manifest{Type: extractType, Format: format, Program: bundle.Program, Made: l.Source().Stamp(), Code: home.Str("code"), Name: home.Text("name")}
	o.Key = nil
	inside := l.Inside(raw.Pass{})
	err := inside.Readers().Snapshot(ctx, func(q raw.Querier) error {
		copied, err := disk.PrepareHeadLast(path, raw.HeadSize, func(w io.Writer) error { return seal(ctx, w, q, m, o, nil) })
		switch {
		case errors.Is(err, disk.ErrChanged):
			return model.Errorf("E-WRITE", "写好的“%s”读回来与原来的不一样,U盘可能坏了,请换一个U盘再写", path)
		case err != nil:
			return store.FileFault(err, path, "")
		}
		return store.FileFault(copied.FinishSafe(), path, "")
	})
	return inside.Explain(err)
}

// ledgerFile is what the ledger is called in the file.
func (m manifest) ledgerFile() string {
	if m.Type == extractType {
		return extractFile
	}
	return dbFile
}

// restoreExtract puts an unpacked extract in its place. It never takes that of a ledger
// that is written to: a county's own would stand aside for one that is only looked at.
func restoreExtract(ctx context.Context, open, path string, o store.Options) (r Restored, err error) {
	look := o
	look.ReadOnly = true
	x, err := book.Open(ctx, open, look)
	if err != nil {
		return r, err
	}
	is := x.Extract()
	if err := x.Close(); err != nil {
		return r, err
	}
	if is == nil {
		return r, model.Errorf("E-KIT", "这个文件说是摘录,里面的台账却不是,不能用;请县里再做一份摘录")
	}
	if _, err := os.Lstat(path); err == nil {
		there, err := book.Open(ctx, path, look)
		if err != nil {
			return r, err
		}
		other := there.Extract() == nil
		if err := there.Close(); err != nil {
			return r, err
		}
		if other {
			return r, model.Errorf("E-EXISTS", "“%s”是正在用的台账,摘录不能放到它的位置;请换一个地方,例如 --db %s", path, filepath.Join(filepath.Dir(path), "摘录.db"))
		}
	}
	r.Ledger, r.Extract = path, is
	r.KeptLedger, err = book.Restore(ctx, open, path, o)
	return r, err
}
