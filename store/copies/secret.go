package copies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/keybox"
	"taizhang/store/send"
)

// settingKey keeps the identity to which backups on sticks are encrypted, as a JSON object:
// its recipient, and the identity under the passphrase. The passphrase itself is kept
// nowhere.
const settingKey = "backup.key"

type keptKey struct {
	Recipient string `json:"recipient"`
	Locked    []byte `json:"locked"`
}

// Key is what the backups of a ledger that leave the house are encrypted to: an identity of
// their own under a passphrase, which travels in each of them.
type Key struct{ box keybox.Box }

// NewKey makes a key. workFactor is scrypt's, 0 takes keybox's own; tests take less.
// *model.Error E-PASSPHRASE without a passphrase.
func NewKey(l *store.Ledger, passphrase string, workFactor int) (*Key, error) {
	home := l.Home()
	keys, err := keybox.New(home.Str(l.Inside(raw.Pass{}).Book().Org.Code) + " " + home.Text(l.Inside(raw.Pass{}).Book().Org.Name))
	if err != nil {
		return nil, err
	}
	locked, err := keys.Lock(passphrase, workFactor)
	if err != nil {
		return nil, err
	}
	return &Key{keybox.Box{Recipient: keys.Recipient(), Locked: locked}}, nil
}

// Keep keeps the key in the ledger, in the place of the one before: what was encrypted
// earlier is still opened by the earlier passphrase, which travels with it.
func (k *Key) Keep(ctx context.Context, l *store.Ledger) error {
	text, err := json.Marshal(keptKey{k.box.Recipient, k.box.Locked})
	if err != nil {
		return fmt.Errorf("backup key: %w", err)
	}
	return l.SetSetting(ctx, settingKey, string(text))
}

// KeptKey gives the key that the ledger keeps, nil where no passphrase was set yet.
func KeptKey(ctx context.Context, l *store.Ledger) (*Key, error) {
	text, err := l.Setting(ctx, settingKey)
	if err != nil || text == "" {
		return nil, err
	}
	var k keptKey
	if json.Unmarshal([]byte(text), &k) != nil || k.Recipient == "" || len(k.Locked) == 0 {
		return nil, nil // damaged: a passphrase has to be set anew
	}
	return &Key{keybox.Box{Recipient: k.Recipient, Locked: k.Locked}}, nil
}

// NoKey is the *model.Error of a backup that must be encrypted while no passphrase is set.
func NoKey() *model.Error {
	return model.Errorf("E-BACKUP-KEY", "U盘、移动硬盘和网络上的备份一定要加密:请先定一个备份口令(在“备份”里选“备份口令”,或者运行 taizhang backup --new-passphrase)")
}

// Recipients gives what a backup is encrypted to that can be carried away: the key, and the
// county's from the profile on file, so that either opens it. county is false where no
// profile was taken in yet.
func Recipients(ctx context.Context, l *store.Ledger, key *Key) (to []age.Recipient, county bool, err error) {
	if key == nil {
		return nil, false, NoKey()
	}
	if to, err = key.box.Recipients(); err != nil {
		return nil, false, err
	}
	p, err := send.Profile(ctx, l)
	if known := (*model.Error)(nil); errors.As(err, &known) || err == nil && p == nil {
		return to, false, nil // one that is damaged is told elsewhere
	}
	if err != nil {
		return nil, false, err
	}
	r, err := age.ParseX25519Recipient(p.Recipient)
	if err != nil {
		return to, false, nil //nolint:nilerr // See above.
	}
	return append(to, r), true, nil
}

// Portable tells whether a backup at path must be encrypted: it would lie on a stick (one of
// drives, or what the system calls one), on a disk on a cable, or in a folder of the network.
func Portable(path string, drives []string) bool {
	for _, d := range drives {
		if within(path, d) {
			return true
		}
	}
	return disk.Portable(path)
}

// IsSealed tells by its head whether a file is an encrypted backup that carries its key.
func IsSealed(path string) bool {
	_, ok := keybox.CarriedBy(path)
	return ok
}

// Restore puts an encrypted backup in a ledger's place as store.Restore does. It is opened by
// its passphrase, or by the identities (a county's), and lies beside the ledger in clear only
// until it is in place. *model.Error: E-PASSPHRASE, E-KEY, E-KEYBOX for a file that is
// damaged, and those of store.Restore. Everything is as before then.
func Restore(ctx context.Context, file, path, passphrase string, county []age.Identity, o store.Options) (kept string, err error) {
	if err := store.MakePlace(filepath.Dir(path)); err != nil {
		return "", err
	}
	open := path + disk.UnsealedSuffix
	defer func() { err = errors.Join(err, disk.Remove(open)) }()
	if err := Unseal(ctx, file, open, passphrase, county); err != nil {
		return "", err
	}
	return store.Restore(ctx, open, path, o)
}

// Unseal writes what an encrypted backup holds to path, in clear. *model.Error as Restore's.
func Unseal(ctx context.Context, file, path, passphrase string, county []age.Identity) error {
	f, err := os.Open(file)
	if err != nil {
		return store.ReadFault(err, file)
	}
	defer f.Close() //nolint:errcheck // It was only read.
	by := county
	if passphrase != "" {
		by = append([]age.Identity{keybox.ByPassphrase(passphrase)}, county...)
	}
	if len(by) == 0 {
		return model.Errorf("E-PASSPHRASE", "这份备份加了密,请输入备份口令;口令忘了,请把备份拿到县里用密钥打开")
	}
	in, err := age.Decrypt(f, by...)
	if err != nil {
		return refused(err, file, passphrase)
	}
	return pourOut(ctx, in, path, file)
}

func refused(err error, file, passphrase string) error {
	var known *model.Error
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &known) && known.Code == "E-PASSPHRASE":
		return model.Errorf("E-PASSPHRASE", "口令不对,打不开这份备份,请重新输入(写做这份备份时的备份口令);忘了,请把备份拿到县里用密钥打开")
	case errors.As(err, &known):
		return err
	case errors.As(err, &none) && passphrase != "":
		return model.Errorf("E-KEY", "“%s”里没有带口令锁着的钥匙,用口令打不开;请用县里的密钥打开", file)
	case errors.As(err, &none):
		return model.Errorf("E-KEY", "“%s”不是给本县密钥的,打不开;请核对是不是拿错了文件,或者换用以前的密钥文件", file)
	}
	return spoilt(file)
}

func spoilt(file string) *model.Error {
	return model.Errorf("E-CORRUPT", "备份“%s”已损坏或没有抄全,不能用它恢复,请换一个备份;现在的台账没有动过", file)
}

// pourOut writes an opened backup to path.
func pourOut(ctx context.Context, in io.Reader, path, file string) error {
	src := &source{ctx: ctx, r: in}
	err := disk.Whole(path, func(w io.Writer) error {
		_, err := io.Copy(w, src)
		return err
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case src.fault != nil:
		if _, ok := disk.CauseOf(src.fault); ok {
			return store.ReadFault(src.fault, file)
		}
		return spoilt(file)
	}
	return store.FileFault(err, path, "")
}

// source keeps faults of what is read apart from those of what is written, and stops when it
// is told to.
type source struct {
	ctx   context.Context
	r     io.Reader
	fault error
}

func (s *source) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.fault = err
	}
	return n, err
}
