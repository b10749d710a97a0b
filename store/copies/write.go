package copies

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// Write writes a copy of the ledger as it stands at this moment to path, which must not
// exist yet; others go on writing meanwhile. to is what it is encrypted to, nil for a plain
// one: an encrypted one is an age file of the ledger's file, so that `age -d` gives a ledger
// that any sqlite3 opens, and nothing of it is ever on that disk in clear. Before it gets its
// name it is opened and looked through, an encrypted one by a key that exists for this moment
// alone. A full disk, a stick pulled out, a stop: what lies there is as before. *model.Error:
// E-EXISTS, E-PERM, E-FULL, E-GONE, E-WRITE, E-CORRUPT for a ledger that is damaged.
func Write(ctx context.Context, l *store.Ledger, path string, to []age.Recipient) error {
	if err := l.Damaged(); err != nil { // what is broken must not look like a backup
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名,以免盖掉原来的备份", path)
	}
	inside := l.Inside(raw.Pass{})
	var proof *age.X25519Identity
	if to != nil {
		var err error
		if proof, err = age.GenerateX25519Identity(); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		to = append(append([]age.Recipient{}, to...), proof.Recipient())
	}
	err := inside.Readers().Snapshot(ctx, func(q raw.Querier) error {
		copied, err := disk.PrepareHeadLast(path, raw.HeadSize, func(w io.Writer) error { return pour(ctx, q, w, to) })
		switch {
		case errors.Is(err, disk.ErrChanged):
			return model.Errorf("E-WRITE", "写好的“%s”读回来与原来的不一样,这个磁盘或U盘可能坏了,请换一个再备份", path)
		case err != nil:
			return store.FileFault(err, path, "")
		}
		if err := prove(ctx, copied.Temp(), proof); err != nil {
			return errors.Join(err, copied.Drop())
		}
		return store.FileFault(copied.FinishSafe(), path, "")
	})
	return inside.Explain(err)
}

// pour writes the pages, encrypted or not.
func pour(ctx context.Context, q raw.Querier, w io.Writer, to []age.Recipient) error {
	if to == nil {
		return raw.WritePages(ctx, q, w)
	}
	sealed, err := age.Encrypt(w, to...)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := raw.WritePages(ctx, q, sealed); err != nil {
		return err
	}
	return sealed.Close()
}

// prove opens what was written and looks through it. *model.Error E-CORRUPT.
func prove(ctx context.Context, path string, id *age.X25519Identity) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return store.ReadFault(err, path)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var in io.ReaderAt = f
	info, err := f.Stat()
	if err != nil {
		return store.ReadFault(err, path)
	}
	size := info.Size()
	if id != nil {
		if in, size, err = age.DecryptReaderAt(f, size, id); err != nil {
			return fmt.Errorf("backup: open what was written: %w", err)
		}
	}
	r, err := raw.OpenAt(in, size)
	if err != nil {
		return fmt.Errorf("backup: open what was written: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return lookThrough(ctx, r, size > big || id != nil && size > bigSealed)
}

// bigSealed is the size in bytes above which an encrypted one's indexes are not compared with
// its tables: each page that is looked up decrypts 64 KB. Its bytes are sealed one by one.
const bigSealed = 8 << 20

// lookThrough finds a ledger whole: its pages, and unless it is large that each index agrees
// with its table; that it is a ledger, with its home organisation and a history that can be read.
func lookThrough(ctx context.Context, r *raw.Readers, large bool) error {
	pages := whole.Pages
	if large {
		pages = whole.Structure
	}
	damaged := model.Errorf("E-CORRUPT", "台账文件已损坏,这样的备份没有用;请不要再往里写,用“从备份恢复”换回最近的备份")
	wrong, err := pages(ctx, r)
	if err != nil {
		return err
	}
	id, err := raw.NumberOnce(ctx, r, "PRAGMA application_id")
	if err != nil {
		return err
	}
	if len(wrong) > 0 || id != disk.LedgerID {
		return damaged
	}
	for _, query := range []string{"SELECT count(*) FROM setting WHERE name = '" + store.SettingHome + "'", "SELECT count(*) FROM history"} {
		if _, err := raw.NumberOnce(ctx, r, query); err != nil {
			return err
		}
	}
	return nil
}
