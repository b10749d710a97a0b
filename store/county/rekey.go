package county

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

// RekeyOptions say how the county's key is changed.
type RekeyOptions struct {
	KeyPath     string // where county.key is, or is to be
	ProfilePath string // where county.json is written
	Passphrase  string // of the new file; "" leaves it open
	WorkFactor  int    // of the passphrase's scrypt, for tests; 0 takes age's own
}

// Rekeyed tells what Rekey has made.
type Rekeyed struct {
	Key     *bundle.CountyKey
	Profile *bundle.Profile
	Aside   string // where the key file that was there is kept now, "" where it was replaced
}

// Rekey gives the county a new key. old is the present one, which announces the new one:
// villages take that in without a word, and the file keeps the old key for bundles that
// still come to it. old is nil where it was lost: what was encrypted to it can't be opened
// any more, and each village compares the check digits over the phone. A key file that is
// there then is kept beside under another name. Stopped at whatever moment, one of the two
// keys holds, and it is in the file. *model.Error: those of OwnWith, E-PERM, E-FULL.
func Rekey(ctx context.Context, l *store.Ledger, old *bundle.CountyKey, o RekeyOptions) (*Rekeyed, error) {
	if l.ReadOnly() {
		return nil, model.Errorf("E-READONLY", "台账是用只读方式打开的,不能换密钥;请退出后正常打开再换")
	}
	have, err := Own(ctx, l)
	if err == nil && old != nil {
		_, err = OwnWith(ctx, l, old)
	}
	if err != nil {
		return nil, err
	}
	now := l.Source().Now()
	next, err := bundle.NewCountyKey(l.Source().Rand)
	if err != nil {
		return nil, err
	}
	next.Made = now
	if old != nil {
		first := *old
		first.Former = nil
		next.Former = append([]*bundle.CountyKey{&first}, old.Former...)
	}
	standing, err := successor(ctx, l, have, old, next)
	if err != nil {
		return nil, err
	}
	file, err := bundle.ProfileFile(standing, next)
	if err != nil {
		return nil, err
	}
	text, err := next.KeyFile(now, o.Passphrase, o.WorkFactor)
	if err != nil {
		return nil, err
	}
	done := &Rekeyed{Key: next}
	if done.Aside, err = exchangeKey(ctx, l, o, old == nil, text, file, standing); err != nil {
		return nil, err
	}
	done.Profile, err = send.Profile(ctx, l)
	return done, err
}

// successor signs the profile of the next key.
func successor(ctx context.Context, l *store.Ledger, have *bundle.Profile, old, next *bundle.CountyKey) ([]byte, error) {
	now := l.Source().Now()
	former := bundle.FormerKey{PublicKey: have.PublicKey, Until: string(l.Source().Today()), Lost: true}
	if old != nil {
		var err error
		if former, err = bundle.Announce(old, have.Code, next.PublicKey(), now); err != nil {
			return nil, err
		}
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	p := *have
	p.Version++
	p.KeySince = string(l.Source().Today())
	p.Former = append([]bundle.FormerKey{former}, have.Former...)
	p.Units = unitsListed(roll)
	return bundle.SealProfile(p, next, now)
}

// exchangeKey writes the three down in the order in which nothing can be lost: the new key
// is on the disk before any profile names it, and its file holds the old one too.
func exchangeKey(ctx context.Context, l *store.Ledger, o RekeyOptions, lost bool, key, file, standing []byte) (aside string, err error) {
	profile, err := disk.PrepareBytes(o.ProfilePath, file)
	if err != nil {
		return "", explain(err, o.ProfilePath)
	}
	pending, err := disk.PrepareBytes(o.KeyPath, key)
	if err != nil {
		return "", errors.Join(explain(err, o.KeyPath), profile.Drop())
	}
	if lost {
		if aside, err = putKeyAside(o.KeyPath, l.Source().Now()); err != nil {
			return "", errors.Join(err, pending.Drop(), profile.Drop())
		}
	}
	if err := pending.FinishSafe(); err != nil {
		return "", errors.Join(explain(err, o.KeyPath), bringBack(aside, o.KeyPath), profile.Drop())
	}
	if lost {
		err = send.TrustProfile(ctx, l, standing, bundle.CheckDigits(publicOf(standing)))
	} else {
		err = send.SetProfile(ctx, l, standing)
	}
	if err != nil { // the old key holds on; where it was not lost it is in the new file
		return "", errors.Join(err, bringBack(aside, o.KeyPath), profile.Drop())
	}
	if err := profile.Finish(); err != nil {
		return aside, store.FileFault(err, o.ProfilePath, "密钥已经换好,只差这个文件:排除以后用 taizhang county set --out 再写一份")
	}
	return aside, nil
}

func publicOf(standing []byte) string {
	p, err := bundle.OpenProfile(standing, "")
	if err != nil {
		return ""
	}
	return p.PublicKey
}

// asideInfix stands in the name of a key file that another has taken the place of.
const asideInfix = "-停用-"

// putKeyAside gives a key file that is there another name; "" where there is none.
func putKeyAside(path string, now time.Time) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	base := strings.TrimSuffix(path, filepath.Ext(path)) + asideInfix + now.Format("20060102-150405")
	to := base + filepath.Ext(path)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s-%d%s", base, n, filepath.Ext(path))
	}
	return to, explain(disk.Rename(path, to), to)
}

func bringBack(aside, path string) error {
	if aside == "" {
		return nil
	}
	return disk.Rename(aside, path)
}

func unitsListed(roll []store.Unit) []bundle.Unit {
	units := make([]bundle.Unit, len(roll))
	for i, u := range roll {
		units[i] = bundle.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone}
	}
	return units
}

// open takes the age layer off with whichever of the county's keys fits, and notes a
// former one.
func (r *reception) open(f io.Reader) (data []byte, plain bool, err error) {
	opener := r.key.Opener()
	data, plain, err = bundle.Unwrap(f, opener)
	if r.to = ""; err == nil && opener.By != r.key.PublicKey() {
		r.to = opener.By
	}
	return data, plain, err
}

// closed says more of a bundle that no key opens, where the county has had keys that are
// not on hand any more. age does not tell to whom a file is: it can only be supposed.
func (r *reception) closed(ctx context.Context, err error) error {
	if faultCode(err) != codeUnopened {
		return err
	}
	p, wrong := send.Profile(ctx, r.l)
	if wrong != nil || p == nil {
		return err
	}
	missing := slices.IndexFunc(p.Former, func(f bundle.FormerKey) bool { return r.key.Pair(f.PublicKey) == nil })
	if missing < 0 {
		return err
	}
	f := p.Former[missing]
	what := "丢失的旧密钥"
	if !f.Lost {
		what = "以前的密钥(现在的密钥文件里没有它)"
	}
	return refused(codeUnopened, func(v voice) string {
		return fmt.Sprintf("报送包打不开:可能是发给%s的(校验数字 %s,用到 %s),%s打不开了;", what, bundle.CheckDigits(f.PublicKey), f.Until, v.Here()) +
			v.either("请把新的配置文件给"+v.There, "请向"+v.Caller+"要新的配置文件") + ",打电话核对新的校验数字 " + bundle.CheckDigits(p.PublicKey) + ",取入后重新导出"
	})
}

// TakeKey writes the county's key file anew from a key that was typed in from its paper,
// which must be the present one's, or one that the county had before: that is added to the
// present file. The file that was there is kept under another name. *model.Error: E-KEY for
// another county's key, those of ParseCountyKey for the present file.
func TakeKey(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, o RekeyOptions) (aside string, err error) {
	p, err := Own(ctx, l)
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(p.Former, func(f bundle.FormerKey) bool { return f.PublicKey == key.PublicKey() }) {
		file, err := os.ReadFile(o.KeyPath)
		if err != nil {
			return "", model.Errorf("E-FORMER", "纸上的是县里以前的密钥(校验数字 %s),现在的密钥文件“%s”却不在:请先找回现在的密钥(校验数字 %s)",
				bundle.CheckDigits(key.PublicKey()), o.KeyPath, bundle.CheckDigits(p.PublicKey))
		}
		present, err := bundle.ParseCountyKey(file, o.Passphrase)
		if err != nil {
			return "", err
		}
		if present.Pair(key.PublicKey()) == nil {
			present.Former = append(present.Former, key)
		}
		key = present
	}
	if _, err := OwnWith(ctx, l, key); err != nil {
		return "", err
	}
	text, err := key.KeyFile(l.Source().Now(), o.Passphrase, o.WorkFactor)
	if err != nil {
		return "", err
	}
	pending, err := disk.PrepareBytes(o.KeyPath, text)
	if err != nil {
		return "", explain(err, o.KeyPath)
	}
	if aside, err = putKeyAside(o.KeyPath, l.Source().Now()); err != nil {
		return "", errors.Join(err, pending.Drop())
	}
	if err := pending.FinishSafe(); err != nil {
		return "", errors.Join(explain(err, o.KeyPath), bringBack(aside, o.KeyPath))
	}
	return aside, nil
}

// KeyState is how the county's key stands, as far as the ledger knows it.
type KeyState struct {
	Digits string             // the check digits of the present key
	Since  model.Date         // the day on which it was made, "" where nobody noted it
	Former []bundle.FormerKey // the keys before it, the newest first
	Backup model.Date         // the day of the last copy of the present key outside this computer, "" for none
	How    string             // how it was made: KeyInFile, KeyOnPaper

	words bundle.Words // of the office
}

// How the key was copied.
const (
	KeyInFile  = "备份文件"
	KeyOnPaper = "纸"
)

// The settings about the key.
const (
	settingKeyBackup   = "county_key_backup"   // the last copy: a keyBackup
	settingKeyReminded = "county_key_reminded" // YYYY-MM in which it was last reminded
)

// keyBackup notes a copy of the key.
type keyBackup struct {
	PublicKey string     `json:"public_key"`
	Day       model.Date `json:"day"`
	How       string     `json:"how"`
}

// KeyStateOf tells how the key stands. *model.Error E-NOTCOUNTY for a village's ledger.
func KeyStateOf(ctx context.Context, l *store.Ledger) (*KeyState, error) {
	p, err := Own(ctx, l)
	if err != nil {
		return nil, err
	}
	s := &KeyState{Digits: bundle.CheckDigits(p.PublicKey), Since: model.Date(p.KeySince), Former: p.Former, words: bundle.WordsOf(p.Level)}
	text, err := l.Setting(ctx, settingKeyBackup)
	if err != nil {
		return nil, err
	}
	var b keyBackup
	if json.Unmarshal([]byte(text), &b) == nil && b.PublicKey == p.PublicKey { // that of an earlier key is none
		s.Backup, s.How = b.Day, b.How
	}
	return s, nil
}

// NoteKeyBackup notes that the present key was copied to somewhere else today.
func NoteKeyBackup(ctx context.Context, l *store.Ledger, how string) error {
	p, err := Own(ctx, l)
	if err != nil {
		return err
	}
	text, err := json.Marshal(keyBackup{p.PublicKey, l.Source().Today(), how})
	if err != nil {
		return fmt.Errorf("key backup: %w", err)
	}
	return l.SetSetting(ctx, settingKeyBackup, string(text))
}

// Wanting says that there is no copy of the key, and what to do; "" where there is one.
func (s *KeyState) Wanting() string {
	if s.Backup != "" {
		return ""
	}
	return s.words.Here() + "的密钥还没有备份:这台电脑坏了,就再也打不开" + s.words.Each() + "的报送包。请备份到U盘(taizhang backup --out U盘),或把密钥打印在纸上锁进保险柜(taizhang county key paper)"
}

// KeyReminder gives Wanting once a month, and notes that it did; "" otherwise.
func KeyReminder(ctx context.Context, l *store.Ledger) (string, error) {
	s, err := KeyStateOf(ctx, l)
	if err != nil || s.Wanting() == "" || l.ReadOnly() {
		return "", err
	}
	month := string(l.Source().Today().Month())
	last, err := l.Setting(ctx, settingKeyReminded)
	if err != nil || last == month {
		return "", err
	}
	return s.Wanting(), l.SetSetting(ctx, settingKeyReminded, month)
}
