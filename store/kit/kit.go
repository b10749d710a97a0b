// Package kit lets a county's keys outlive its computer: the ledger, the key and the
// profile in one encrypted file, and the key on paper.
package kit

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/cost"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
	"taizhang/store/send"
)

// Extension ends the name of a county's backup. It is an age file under a passphrase of a
// gzipped tar of manifest.json, county.key, county.json and county.db, in this order:
// `age -d F | tar xz` opens it too.
const Extension = store.KitExtension

// manifest says what a backup holds.
type manifest struct {
	Type      string `json:"type"` // manifestType
	Format    int    `json:"format"`
	Program   string `json:"program"`
	Made      string `json:"made"` // YYYY-MM-DDThh:mm:ssZ
	Code      string `json:"code"`
	Name      string `json:"name"`
	PublicKey string `json:"public_key"` // of the county's present key
	HasKey    bool   `json:"has_key"`
}

const (
	manifestType = "taizhang-county-backup"
	format       = 1
	manifestFile = "manifest.json"
	dbFile       = county.DBFile
)

// Options say what goes into a backup.
type Options struct {
	Key        []byte // county.key as it lies; nil where it is gone
	Passphrase string // of the backup
	WorkFactor int    // of the passphrase's scrypt, for tests; 0 takes age's own
}

// Name gives a county's backup its name: code, day and time.
func Name(l *store.Ledger) string {
	return strings.TrimSuffix(l.BackupName(), ".db") + Extension
}

// Is tells a county's backup from a ledger by how it begins.
func Is(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	start := make([]byte, 32)
	n, err := io.ReadFull(f, start)
	if f.Close() != nil || err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	return bundle.KeyLocked(start[:n])
}

// Backup writes the county's ledger, its key and its profile to path, which must not exist
// yet, in one encrypted file: nothing of it is ever on the stick in clear. The ledger may
// be in use. *model.Error: E-NOTCOUNTY, E-PASSPHRASE without one, E-EXISTS, E-PERM,
// E-FULL, E-CORRUPT for a ledger that is damaged.
func Backup(ctx context.Context, l *store.Ledger, path string, o Options) error {
	if err := l.Damaged(); err != nil {
		return err
	}
	p, err := county.Own(ctx, l)
	if err != nil {
		return err
	}
	if o.Passphrase == "" {
		return model.Errorf("E-PASSPHRASE", "县里的备份要加口令,请输入口令")
	}
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名,以免盖掉原来的备份", path)
	}
	profile, err := send.ProfileText(ctx, l)
	if err != nil {
		return err
	}
	m := manifest{Type: manifestType, Format: format, Program: bundle.Program, Made: l.Source().Stamp(), Code: p.Code, Name: p.Name, PublicKey: p.PublicKey, HasKey: o.Key != nil}
	inside := l.Inside(raw.Pass{})
	err = inside.Readers().Snapshot(ctx, func(q raw.Querier) error {
		wrong, err := whole.Pages(ctx, q)
		if err != nil {
			return err
		}
		if len(wrong) > 0 {
			return model.Errorf("E-CORRUPT", "台账文件已损坏,这样的备份没有用;请不要再往里写,用“从备份恢复”换回最近的备份")
		}
		copied, err := disk.PrepareHeadLast(path, raw.HeadSize, func(w io.Writer) error { return seal(ctx, w, q, m, o, profile) })
		switch {
		case errors.Is(err, disk.ErrChanged):
			return model.Errorf("E-WRITE", "写好的“%s”读回来与原来的不一样,U盘可能坏了,请换一个U盘再备份", path)
		case err != nil:
			return store.FileFault(err, path, "")
		}
		return store.FileFault(copied.FinishSafe(), path, "")
	})
	return inside.Explain(err)
}

// seal writes the file: encrypted, packed, one part after the other.
func seal(ctx context.Context, to io.Writer, q raw.Querier, m manifest, o Options, profile []byte) error {
	recipient, err := age.NewScryptRecipient(o.Passphrase)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if work := cost.Of(o.WorkFactor, 0); work > 0 {
		recipient.SetWorkFactor(work)
	}
	sealed, err := age.Encrypt(to, recipient)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	packed, err := gzip.NewWriterLevel(sealed, gzip.BestSpeed)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	w := tar.NewWriter(packed)
	if err := parts(ctx, w, q, m, o, profile); err != nil {
		return err
	}
	return errors.Join(w.Close(), packed.Close(), sealed.Close())
}

func parts(ctx context.Context, w *tar.Writer, q raw.Querier, m manifest, o Options, profile []byte) error {
	made, err := time.Parse(time.RFC3339, m.Made)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	head := func(name string, size int64) error {
		return w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: made, Typeflag: tar.TypeReg})
	}
	said, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	for _, p := range []struct {
		name string
		data []byte
	}{{manifestFile, said}, {county.KeyFile, o.Key}, {county.ProfileFile, profile}} {
		if p.data == nil {
			continue
		}
		if err := head(p.name, int64(len(p.data))); err != nil {
			return err
		}
		if _, err := w.Write(p.data); err != nil {
			return err
		}
	}
	size, err := raw.NumberOnce(ctx, q, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
	if err != nil {
		return err
	}
	if err := head(m.ledgerFile(), size); err != nil {
		return err
	}
	return raw.WritePages(ctx, q, w)
}

// KeyFor gives the bytes of the key file at path, once they have been found to be this
// county's: a backup with another's would be of no use. *model.Error: E-NOKEY where there
// is none, E-PASSPHRASE, E-KEY.
func KeyFor(ctx context.Context, l *store.Ledger, path, passphrase string) ([]byte, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, model.Errorf("E-NOKEY", "没有找到县里的密钥“%s”;请把它放到台账旁边,或插上存密钥的U盘", filepath.Clean(path))
	}
	key, err := bundle.ParseCountyKey(file, passphrase)
	if err == nil {
		_, err = county.OwnWith(ctx, l, key)
	}
	return file, err
}
