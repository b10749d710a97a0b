package vault

import (
	"context"
	"errors"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/keybox"
)

// unsealed ends the name of the clear copy beside a ledger that comes out of an encrypted
// backup and waits to be put in place.
const unsealed = ".解开的备份"

// Restore puts a backup in the place of the ledger, as store.Restore does, and goes on with
// it; the ledger before it is kept beside and is encrypted when the sitting ends. An
// encrypted backup is opened by the ledger's own key or, where secret isn't "", by that
// passphrase. *model.Error: E-PASSPHRASE where neither opens it, E-KEYBOX, those of
// store.Restore; the ledger of before is open again then.
func (s *Sitting) Restore(ctx context.Context, file, secret string) (kept string, err error) {
	if s.ledger != nil && !s.closed {
		s.closed = true
		if err := s.ledger.Close(); err != nil {
			return "", err
		}
	}
	kept, err = s.putBack(ctx, file, secret)
	l, open := book.Open(ctx, s.path, s.o)
	if open != nil {
		return kept, errors.Join(err, open)
	}
	s.Take(l)
	return kept, err
}

func (s *Sitting) putBack(ctx context.Context, file, secret string) (kept string, err error) {
	o := s.o
	o.ReadOnly = false
	if _, sealed := keybox.CarriedBy(file); !sealed {
		return book.Restore(ctx, file, s.path, o)
	}
	by := s.keys.Identities()
	if secret != "" {
		by = append(by, keybox.ByPassphrase(secret))
	}
	open := s.path + unsealed
	defer func() { err = errors.Join(err, disk.Remove(open)) }()
	if _, err := decryptTo(ctx, file, open, by...); err != nil {
		if known := (*model.Error)(nil); secret == "" && errors.As(err, &known) && known.Code == "E-KEY" {
			return "", model.Errorf("E-PASSPHRASE", "这份备份是用另一个口令加密的,请输入做备份那天的口令")
		}
		return "", err
	}
	return book.Restore(ctx, open, s.path, o)
}

// Restore does so for a ledger that is not open: passphrase is the ledger's, secret the
// backup's where that has another one. A sealed ledger that is damaged is kept beside.
func Restore(ctx context.Context, path, passphrase, file, secret string, o store.Options) (kept string, err error) {
	s, err := sitDown(path, passphrase, o)
	if err != nil {
		return "", err
	}
	lost := false
	if err := s.unseal(ctx); err != nil {
		known := (*model.Error)(nil)
		if lost = errors.As(err, &known) && (known.Code == "E-KEYBOX" || known.Code == "E-NOFILE"); !lost {
			return "", errors.Join(err, s.free())
		}
	}
	if kept, err = s.Restore(ctx, file, secret); err != nil {
		if !lost || there(s.path) {
			return "", errors.Join(err, s.Close(ctx))
		}
		return "", errors.Join(err, s.free())
	}
	if lost {
		if err := s.keepSealed(); err != nil {
			return "", errors.Join(err, s.Abandon())
		}
	}
	return kept, s.Close(ctx)
}

// RestoreNew puts an encrypted backup of a ledger that was kept encrypted where no ledger
// is, and keeps it encrypted as it was: by the backup's passphrase. *model.Error: E-EXISTS
// where one is, those of Restore; nothing is left there then.
func RestoreNew(ctx context.Context, path, file, passphrase string, o store.Options) (err error) {
	if path, err = guard.Resolve(path); err != nil {
		return store.ReadFault(err, path)
	}
	box, ok := keybox.CarriedBy(file)
	if !ok || !box.Kept {
		return model.Errorf("E-KEYBOX", "“%s”不是加密台账的备份", file)
	}
	if kept, err := Kept(path); err != nil {
		return err
	} else if kept || there(path) {
		return model.Errorf("E-EXISTS", "“%s”那里已经有台账", path)
	}
	keys, err := keybox.Unlock(box.Locked, passphrase)
	if err != nil {
		return err
	}
	s := &Sitting{path: path, o: o, keys: keys}
	if s.lock, err = sit(path); err != nil {
		return err
	}
	if err = s.lay(box); err == nil {
		_, err = s.Restore(ctx, file, "")
	}
	if err != nil && !there(path) {
		return errors.Join(err, s.unwrap(), s.free())
	}
	return errors.Join(err, s.Close(ctx))
}

// lay writes down a wrapped identity that a file carried.
func (s *Sitting) lay(box keybox.Box) error {
	for _, f := range []struct {
		suffix string
		data   []byte
	}{{countySuffix, box.County}, {keySuffix, box.Locked}, {publicSuffix, keybox.Public(box.Recipient, "")}} {
		if f.data == nil {
			continue
		}
		if err := disk.WholeBytes(s.path+f.suffix, f.data); err != nil {
			return store.FileFault(err, s.path+f.suffix, "")
		}
	}
	return nil
}

// IsKept tells whether a file is an encrypted backup of a ledger that was kept encrypted.
func IsKept(file string) bool {
	box, ok := keybox.CarriedBy(file)
	return ok && box.Kept
}

// Salvage decrypts the ledger at path, which need not be whole enough to be opened, so that
// work can read its plain file, which it leaves as it is. The files that work has made are
// sealed as NAME.age, and the plain ledger goes again; one that a crash had left in clear
// stays for the next sitting. *model.Error: those of Open; E-PLAIN where something could
// not be sealed.
func Salvage(ctx context.Context, path, passphrase string, o store.Options, work func() (made []string, err error)) (err error) {
	s, err := sitDown(path, passphrase, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.free()) }()
	if err := s.unseal(ctx); err != nil {
		return err
	}
	made, err := work()
	ctx = context.WithoutCancel(ctx)
	if box, told := s.box(); told != nil {
		err = errors.Join(err, told)
	} else {
		for _, file := range made {
			err = errors.Join(err, sealCopy(ctx, file, box, s.keys))
		}
	}
	if s.was != "" {
		err = errors.Join(err, s.removePlain())
	}
	return err
}
