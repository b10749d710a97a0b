// Package county is the county's side: its ledger, its keys, and the bundles that
// come in.
package county

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

// The files of a county's folder.
const (
	DBFile      = "county.db"
	KeyFile     = "county.key"
	ProfileFile = "county.json"
)

// defaultDeadline is the day of the following month by which a month is reported,
// until the county sets its own.
const defaultDeadline = 5

// InitOptions say what county to make.
type InitOptions struct {
	Code, Name string // of the county's own organisation: 党委, 机关
	Dir        string // made if it is not there
	Passphrase string // wraps the key file; "" leaves it open
	Township   string // may be ""
	County     string // may be ""
	Level      string // bundle.LevelCity, bundle.LevelProvince; "" or bundle.LevelCounty: a county

	Source     *model.Source // nil: the system's clock and randomness
	Book       *store.Book   // nil: the standard one
	WorkFactor int           // of the passphrase's scrypt, for tests; 0 takes age's own
}

// Result names the files that Init made.
type Result struct{ DB, Key, Profile string }

// Init makes a county's folder: its ledger, the key to be guarded, and the first
// version of the profile for the villages, which the ledger has taken in too. Under
// the same Source the keys are the same. Nothing is ever overwritten, and what Init
// has made is taken away when it fails. *model.Error: E-EXISTS for a file that is
// there, E-REQUIRED and E-TYPE for code and name, E-PERM, E-FULL, E-WRITE.
func Init(ctx context.Context, o InitOptions) (Result, error) {
	res := Result{DB: filepath.Join(o.Dir, DBFile), Key: filepath.Join(o.Dir, KeyFile), Profile: filepath.Join(o.Dir, ProfileFile)}
	if err := o.complete(); err != nil {
		return Result{}, err
	}
	for _, path := range []string{res.DB, res.Key, res.Profile} {
		if _, err := os.Lstat(path); err == nil {
			return Result{}, exists(path)
		}
	}
	if err := disk.MakeFolders(o.Dir); err != nil {
		return Result{}, explain(err, o.Dir)
	}
	var made made
	if err := made.all(ctx, o, res); err != nil {
		return Result{}, errors.Join(err, made.undo())
	}
	return res, nil
}

func (o *InitOptions) complete() error {
	switch {
	case o.Dir == "":
		return model.Errorf("E-REQUIRED", "请写明县里的文件放在哪个文件夹")
	case strings.TrimSpace(o.Name) == "":
		return model.Errorf("E-REQUIRED", "请写明县里党组织的名称")
	}
	if err := model.CheckOrgCode("组织代码", o.Code); err != nil {
		return err
	}
	switch o.Level {
	case bundle.LevelCounty:
		o.Level = ""
	case "", bundle.LevelCity, bundle.LevelProvince:
	default:
		return model.Errorf("E-LEVEL", "级别只能是县、地市或省,没有“%s”", model.Clean(o.Level, false))
	}
	if o.Source == nil {
		o.Source = &model.Source{Now: time.Now, Rand: rand.Reader}
	}
	return nil
}

// made holds the files made so far.
type made []string

// undo takes them away.
func (m made) undo() error {
	var all []error
	for _, path := range m {
		all = append(all, disk.Remove(path))
	}
	return errors.Join(all...)
}

func (m *made) all(ctx context.Context, o InitOptions, res Result) error {
	key, err := bundle.NewCountyKey(o.Source.Rand)
	if err != nil {
		return err
	}
	now := o.Source.Now()
	text, err := key.KeyFile(now, o.Passphrase, o.WorkFactor)
	if err != nil {
		return err
	}
	profile, err := bundle.SealProfile(bundle.Profile{Code: o.Code, Name: o.Name, Level: o.Level, Version: 1,
		DeadlineDay: defaultDeadline, Identity: bundle.IdentityWhole, KeySince: string(o.Source.Today())}, key, now)
	if err != nil {
		return err
	}
	// The key comes first: a profile without its key would be of no use.
	if err := m.write(res.Key, text); err != nil {
		return err
	}
	if err := m.write(res.Profile, profile); err != nil {
		return err
	}
	return m.ledger(ctx, o, res.DB, profile)
}

// write makes a new file, private and on the disk.
func (m *made) write(path string, content []byte) error {
	f, err := disk.Create(path)
	if errors.Is(err, fs.ErrExist) {
		return exists(path)
	}
	if err != nil {
		return explain(err, path)
	}
	*m = append(*m, path)
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return explain(err, path)
	}
	return nil
}

func (m *made) ledger(ctx context.Context, o InitOptions, path string, profile []byte) error {
	l, err := book.Create(ctx, path, store.Home{Code: o.Code, Name: o.Name, Kind: "党委", Domain: "机关",
		Township: o.Township, County: o.County}, store.Options{Book: o.Book, Source: o.Source})
	if err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".lock", ".holder"} {
		*m = append(*m, path+suffix)
	}
	if err := send.SetProfile(ctx, l, profile); err != nil {
		return errors.Join(err, l.Close())
	}
	return l.Close()
}

func exists(path string) *model.Error {
	return model.Errorf("E-EXISTS", "“%s”已经存在,不能覆盖;请换一个文件夹,或先把原来的文件移走(密钥丢了就打不开报送包)", path)
}

// explain says in Chinese what keeps a file or folder from being written.
func explain(err error, path string) error { return store.FileFault(err, path, "") }
