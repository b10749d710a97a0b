package vault

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/keybox"
)

// Shortest is how many characters a passphrase must have.
const Shortest = 6

// Encrypt keeps a ledger that is open for writing encrypted from now on. It is sealed once
// at once, so that a disk without room is found now; the plain one stays while the sitting
// that is given back lasts. The sitting takes the ledger over: its Close ends both.
// *model.Error: E-SHORT for a passphrase of less than Shortest characters, E-EXISTS where
// it is kept encrypted already, E-READONLY, E-LOCKED, those of writing; the ledger is kept
// as before then.
func Encrypt(ctx context.Context, l *store.Ledger, passphrase string) (*Sitting, error) {
	return encrypt(ctx, l, passphrase, 0)
}

func encrypt(ctx context.Context, l *store.Ledger, passphrase string, work int) (s *Sitting, err error) {
	if err := longEnough(passphrase); err != nil {
		return nil, err
	}
	switch {
	case l.Extract() != nil:
		return nil, l.Extract().Refusal()
	case l.ReadOnly():
		return nil, model.Errorf("E-READONLY", "台账是只读打开的,不能加密;请用正常方式打开(损坏的台账请先修好)")
	}
	if kept, err := Kept(l.Path()); err != nil {
		return nil, err
	} else if kept {
		return nil, model.Errorf("E-EXISTS", "台账“%s”已经加密了;要换口令,请用“换口令”", l.Path())
	}
	keys, err := keybox.New(about(l))
	if err != nil {
		return nil, err
	}
	locked, err := keys.Lock(passphrase, work)
	if err != nil {
		return nil, err
	}
	county, err := countyOf(ctx, l)
	if err != nil {
		county = "" // a damaged profile keeps nobody from encrypting
	}
	s = &Sitting{path: l.Path(), o: store.Options{Source: l.Source()}, keys: keys, ledger: l, work: work}
	if s.lock, err = sit(s.path); err != nil {
		return nil, err
	}
	if err = wrap(s.path, keys, locked, county); err == nil {
		err = s.sealOpen(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.unwrap(), s.free())
	}
	s.mark()
	return s, nil
}

// sealOpen seals the ledger as it stands while it is open.
func (s *Sitting) sealOpen(ctx context.Context) error {
	box, err := s.box()
	if err != nil {
		return err
	}
	inside := s.ledger.Inside(raw.Pass{})
	return inside.Explain(inside.Readers().Snapshot(ctx, func(q raw.Querier) error {
		return sealTo(ctx, s.path+SealedSuffix, box, s.keys, func(w io.Writer) error { return raw.WritePages(ctx, q, w) })
	}))
}

// about says whose a ledger is, for the clerk at the county.
func about(l *store.Ledger) string {
	home := l.Home()
	book := l.Inside(raw.Pass{}).Book()
	return home.Str(book.Org.Code) + " " + home.Text(book.Org.Name)
}

func longEnough(passphrase string) error {
	if utf8.RuneCountInString(passphrase) < Shortest {
		return model.Errorf("E-SHORT", "口令太短,请至少打 %d 个字(可以用汉字)", Shortest)
	}
	return nil
}

// unwrap takes the sealed ledger and the wrapped identity away, the passphrase's file last:
// while it is there the plain ledger is opened by it.
func (s *Sitting) unwrap() error {
	for _, suffix := range []string{SealedSuffix, publicSuffix, countySuffix, keySuffix} {
		if err := disk.Remove(s.path + suffix); err != nil {
			return store.FileFault(err, s.path+suffix, "")
		}
	}
	return store.FileFault(disk.SyncFolder(filepath.Dir(s.path)), s.path, "")
}

// Plain switches the encryption off: the ledger stays in clear from now on. Copies that
// were encrypted stay so, and are opened by the passphrase of their day. *model.Error of
// the disk: it is kept encrypted as before then.
func (s *Sitting) Plain(context.Context) error {
	if !there(s.path) {
		return model.Errorf("E-NOFILE", "台账“%s”没有打开,不能关掉加密", s.path)
	}
	if err := disk.SyncFile(s.path); err != nil {
		return store.FileFault(err, s.path, "")
	}
	err := s.unwrap()
	if kept, wrong := Kept(s.path); wrong != nil || kept {
		return errors.Join(err, wrong)
	}
	s.off = true
	if s.ledger != nil {
		s.ledger.Inside(raw.Pass{}).SealTo(nil)
	}
	if err != nil {
		return model.Errorf("E-SYNC", "台账已不再加密,只是不能确定已在磁盘上写牢:%s", message(err))
	}
	return nil
}

// Change gives the ledger another passphrase, and with it a new identity: who has the old
// passphrase and an old copy opens what was written until now, and nothing that is written
// later. Whoever calls it has asked for the old one (Check). *model.Error: E-SHORT, those
// of writing; the old passphrase holds then.
func (s *Sitting) Change(ctx context.Context, passphrase string) error {
	if err := longEnough(passphrase); err != nil {
		return err
	}
	next, err := s.keys.Next()
	if err != nil {
		return err
	}
	locked, err := next.Lock(passphrase, s.work)
	if err != nil {
		return err
	}
	county := ""
	if s.ledger != nil {
		if county, err = countyOf(ctx, s.ledger); err != nil {
			county = ""
		}
		next.About = about(s.ledger)
	}
	if err := wrap(s.path, next, locked, county); err != nil {
		return s.either(err, passphrase)
	}
	s.keys = next
	if s.ledger != nil {
		s.mark()
	}
	return nil
}

// either tells after a failure whether the new passphrase holds already.
func (s *Sitting) either(failed error, passphrase string) error {
	box, err := readBox(s.path)
	if err != nil {
		return failed
	}
	keys, err := keybox.Unlock(box.Locked, passphrase)
	if err != nil {
		return failed
	}
	s.keys = keys
	return model.Errorf("E-SYNC", "口令已经换好,只是没有全部写牢:%s;请退出台账再打开一次", message(failed))
}
