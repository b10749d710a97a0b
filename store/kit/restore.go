package kit

import (
	"archive/tar"
	"bytes"
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
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

// Restored tells where what a backup held stands now.
type Restored struct {
	Ledger, KeptLedger string // KeptLedger: where the ledger that was there is kept, "" for none
	Key, KeptKey       string // Key is "" for a backup without one
	Profile            string
	Extract            *store.Extract // of an extract, which has neither key nor profile; else nil
}

// Restore puts ledger, key and profile of a county's backup in their places: the ledger at
// path, the others beside it. The backup is opened and looked through before anything
// changes; the ledger then takes its place as store.Restore does it, in one step. The key
// lies ready on the disk before that, and takes its place after it: stopped in between, the
// next opening of the key finishes it (Finish). What was there is kept under another name.
// *model.Error: E-PASSPHRASE, E-KIT for a file that is none or is damaged, those of
// store.Restore. Everything is as before then.
func Restore(ctx context.Context, file, path, passphrase string, o store.Options) (r Restored, err error) {
	if err := disk.MakeFolders(filepath.Dir(path)); err != nil {
		return r, store.FileFault(err, path, "")
	}
	if path, err = filepath.Abs(path); err != nil {
		return r, fmt.Errorf("restore: %w", err)
	}
	open := path + unpacked
	if err := disk.Remove(open); err != nil { // of a run that was killed
		return r, store.FileFault(err, open, "")
	}
	defer func() { err = errors.Join(err, disk.Remove(open)) }()
	in, err := unpack(ctx, file, open, passphrase)
	if err != nil {
		return r, err
	}
	if in.Type == extractType {
		return restoreExtract(ctx, open, path, o)
	}
	if err := in.fits(ctx, open, passphrase, o); err != nil {
		return r, err
	}
	if in.key != nil {
		if err := stage(path, in); err != nil {
			return r, err
		}
	}
	r.Ledger = path
	if r.KeptLedger, err = book.Restore(ctx, open, path, o); err != nil {
		if known := (*model.Error)(nil); errors.As(err, &known) && known.Code == "E-RESTORING" {
			return r, err // the next opening settles which ledger it is, and with it which key
		}
		return r, errors.Join(err, disk.Remove(path+stagedSuffix))
	}
	if in.key != nil {
		r.Key = filepath.Join(filepath.Dir(path), county.KeyFile)
		if r.KeptKey, err = settleKey(path, in.PublicKey, time.Now()); err != nil {
			return r, err
		}
	}
	r.Profile = filepath.Join(filepath.Dir(path), county.ProfileFile)
	return r, store.FileFault(disk.WholeBytes(r.Profile, in.profile), r.Profile, "台账和密钥已经恢复,只差这个文件:排除以后用 taizhang county set --out 再写一份")
}

// How files beside the ledger are called while a backup is put in place.
const (
	unpacked     = disk.UnsealedSuffix
	stagedSuffix = ".key-restoring.json"
)

// contents is what a backup holds, but for the ledger.
type contents struct {
	manifest
	key, profile []byte
}

// largest bounds the small parts of a backup, in bytes.
const largest = bundle.MaxSealed

// unpack opens a backup and writes its ledger to a file.
func unpack(ctx context.Context, file, ledger, passphrase string) (*contents, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, store.ReadFault(err, file)
	}
	defer f.Close() //nolint:errcheck // It was only read.
	if passphrase == "" {
		return nil, model.Errorf("E-PASSPHRASE", "这是县里的备份或摘录,加了口令,请输入它的口令")
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, fmt.Errorf("restore: %w", err)
	}
	opened, err := age.Decrypt(f, id)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong) || errors.Is(err, age.ErrIncorrectIdentity):
		return nil, model.Errorf("E-PASSPHRASE", "口令不对,打不开这个文件,请重新输入;备份要写备份那天的口令,摘录的口令请问县里")
	case err != nil:
		return nil, spoilt(file)
	}
	packed, err := gzip.NewReader(opened)
	if err != nil {
		return nil, spoilt(file)
	}
	in := &contents{}
	if err := in.read(ctx, tar.NewReader(packed), ledger); err != nil {
		if known := (*model.Error)(nil); errors.As(err, &known) || ctx.Err() != nil {
			return nil, err
		}
		return nil, spoilt(file)
	}
	if _, err := io.Copy(io.Discard, packed); err != nil { // to the end: what is cut off is found
		return nil, spoilt(file)
	}
	return in, nil
}

func spoilt(file string) *model.Error {
	return model.Errorf("E-KIT", "“%s”不是县里的备份,或者已损坏、没有抄全,不能用它恢复,请换一个备份;现在的台账和密钥没有动过", file)
}

func (in *contents) read(ctx context.Context, r *tar.Reader, ledger string) error {
	for n := 0; ; n++ {
		head, err := r.Next()
		if errors.Is(err, io.EOF) && n > 0 {
			break
		}
		if err != nil {
			return err
		}
		if head.Name == county.DBFile || head.Name == extractFile {
			whole, err := disk.Prepare(ledger, func(w io.Writer) error {
				_, err := io.Copy(w, reading{ctx, r})
				return err
			})
			if err != nil {
				return errors.Join(ctx.Err(), told(err, ledger))
			}
			if err := whole.Finish(); err != nil {
				return store.FileFault(err, ledger, "")
			}
			continue
		}
		data, err := io.ReadAll(io.LimitReader(r, largest))
		if err != nil {
			return err
		}
		switch head.Name {
		case manifestFile:
			if err := json.Unmarshal(data, &in.manifest); err != nil {
				return err
			}
			if (in.Type == manifestType || in.Type == extractType) && in.Format > format {
				return model.Errorf("E-KIT", "这个备份是用更新的程序做的,请先更新本程序再恢复")
			}
		case county.KeyFile:
			in.key = data
		case county.ProfileFile:
			in.profile = data
		}
	}
	if _, err := os.Stat(ledger); err == nil && in.Type == extractType && in.key == nil && in.profile == nil {
		return nil
	}
	if _, err := os.Stat(ledger); err != nil || in.Type != manifestType || in.profile == nil || in.HasKey != (in.key != nil) {
		return errors.New("a part is missing")
	}
	return nil
}

// told tells a fault of the disk that is written from one of the backup that is read.
func told(err error, path string) error {
	var system *os.PathError
	if errors.As(err, &system) && system.Op != "read" {
		return store.FileFault(err, path, "")
	}
	return err
}

// reading stops a long copy when it is told to.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// fits asks that the parts belong together: the ledger is a county's, and key and profile
// are its own. A key under another passphrase than the backup's is taken as it is.
func (in *contents) fits(ctx context.Context, ledger, passphrase string, o store.Options) (err error) {
	o.ReadOnly = true
	l, err := book.Open(ctx, ledger, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	p, err := county.Own(ctx, l)
	if err != nil {
		return err
	}
	text, err := send.ProfileText(ctx, l)
	if err != nil {
		return err
	}
	if p.PublicKey != in.PublicKey || !bytes.Equal(text, in.profile) {
		return model.Errorf("E-KIT", "备份里的台账、密钥和配置文件不是一套,不能用它恢复,请换一个备份;现在的台账和密钥没有动过")
	}
	if in.key == nil {
		return nil
	}
	key, err := bundle.ParseCountyKey(in.key, passphrase)
	if known := (*model.Error)(nil); errors.As(err, &known) && known.Code == "E-PASSPHRASE" {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := county.OwnWith(ctx, l, key); err != nil {
		return err
	}
	in.profile, err = bundle.ProfileFile(in.profile, key)
	return err
}

// staged is the key of a backup that waits for the ledger to take its place.
type staged struct {
	PublicKey string `json:"public_key"` // of the county whose key it is
	Key       []byte `json:"key"`        // the bytes of county.key
}

func stage(ledger string, in *contents) error {
	data, err := json.Marshal(staged{in.PublicKey, in.key})
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return store.FileFault(disk.WholeBytes(ledger+stagedSuffix, data), ledger, "")
}

// Finish ends a restore that was stopped between the ledger and the key: the key that
// waits takes its place where it is that of the ledger that stands there, and goes where it
// isn't. It says in Chinese what it did, "" for nothing.
func Finish(ctx context.Context, l *store.Ledger) (string, error) {
	if _, err := os.Lstat(l.Path() + stagedSuffix); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	p, err := county.Own(ctx, l)
	if err != nil {
		return "", err
	}
	kept, err := settleKey(l.Path(), p.PublicKey, l.Source().Now())
	if err != nil || kept == "" {
		return "", err
	}
	return "上次没做完的恢复已经做完,备份里的密钥放回了原处;原来的密钥留在“" + kept + "”", nil
}

// settleKey puts a staged key in place, where it is that of the public key.
func settleKey(ledger, public string, now time.Time) (kept string, err error) {
	at := ledger + stagedSuffix
	text, err := os.ReadFile(at)
	if err != nil {
		return "", store.ReadFault(err, at)
	}
	var s staged
	if json.Unmarshal(text, &s) != nil || s.PublicKey != public {
		return "", store.FileFault(disk.Remove(at), at, "")
	}
	path := filepath.Join(filepath.Dir(ledger), county.KeyFile)
	there, err := os.ReadFile(path)
	switch {
	case err == nil && bytes.Equal(there, s.Key):
		return "", store.FileFault(disk.Remove(at), at, "")
	case err == nil:
		kept = strings.TrimSuffix(path, ".key") + "-恢复前-" + now.Format("20060102-150405") + ".key"
		if err := disk.WholeBytes(kept, there); err != nil { // both stand until the new one is in place
			return "", store.FileFault(err, kept, "")
		}
	case !errors.Is(err, os.ErrNotExist):
		return "", store.ReadFault(err, path)
	}
	if err := disk.WholeBytes(path, s.Key); err != nil {
		return kept, store.FileFault(err, path, "")
	}
	return kept, store.FileFault(disk.Remove(at), at, "")
}
