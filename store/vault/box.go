package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/keybox"
	"taizhang/store/send"
)

// readBox gives the wrapped identity of a ledger: as it lies beside it or, where that is
// gone, as the sealed ledger carries it. *model.Error E-KEYBOX.
func readBox(path string) (keybox.Box, error) {
	carried, has := keybox.CarriedBy(path + SealedSuffix)
	box := keybox.Box{Kept: true}
	var err error
	if box.Locked, err = os.ReadFile(path + keySuffix); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			return box, store.ReadFault(err, path+keySuffix)
		}
		if !has {
			return box, model.Errorf("E-KEYBOX", "加密台账“%s”的钥匙文件“%s”不见了;请从备份里找回来,或请县里开锁", path+SealedSuffix, path+keySuffix)
		}
		return carried, nil
	}
	if box.County, err = os.ReadFile(path + countySuffix); errors.Is(err, fs.ErrNotExist) {
		box.County = nil
	} else if err != nil {
		return box, store.ReadFault(err, path+countySuffix)
	}
	public, err := os.ReadFile(path + publicSuffix)
	if err == nil {
		box.Recipient, _, err = keybox.ReadPublic(public)
	}
	if err != nil && has { // lost or spoilt: the sealed one tells
		box.Recipient = carried.Recipient
	}
	return box, nil
}

// wrap writes the wrapped identity of a ledger down, in an order in which what can be
// encrypted to is always opened by what lies there: first for the county, which opens the
// former ones too, then the passphrase's file, with which the ledger counts as kept
// encrypted, and then the public key. locked is that file's content; nil leaves it as it
// is. county is the recipient of the county's profile, "" for none.
func wrap(path string, keys *keybox.Keys, locked []byte, county string) error {
	if county != "" {
		wrapped, err := keys.ForCounty(county)
		if err != nil {
			return err
		}
		if err := disk.WholeBytes(path+countySuffix, wrapped); err != nil {
			return store.FileFault(err, path+countySuffix, "")
		}
	}
	if locked != nil {
		if err := disk.WholeBytes(path+keySuffix, locked); err != nil {
			return store.FileFault(err, path+keySuffix, "")
		}
	}
	return store.FileFault(disk.WholeBytes(path+publicSuffix, keybox.Public(keys.Recipient(), county)), path+publicSuffix, "")
}

// countyOf gives the recipient of the county's profile that a ledger holds; "" for none.
func countyOf(ctx context.Context, l *store.Ledger) (string, error) {
	p, err := send.Profile(ctx, l)
	if err != nil || p == nil {
		return "", err
	}
	return p.Recipient, nil
}

// Rewrap wraps the identity to the county of the ledger's profile, where that is another
// than before: after a profile was taken in, and whenever a sitting ends. *model.Error of
// writing; the wrapping before stands then.
func (s *Sitting) Rewrap(ctx context.Context) error {
	if s.off || s.ledger == nil || s.ledger.Damage() != nil {
		return nil
	}
	county, err := countyOf(ctx, s.ledger)
	if err != nil {
		return nil //nolint:nilerr // A damaged profile is told where it is used; the wrapping before holds.
	}
	public, err := os.ReadFile(s.path + publicSuffix)
	if err == nil {
		recipient, wrapped, wrong := keybox.ReadPublic(public)
		if wrong == nil && recipient == s.keys.Recipient() && (wrapped == county || county == "") {
			return nil
		}
	}
	return wrap(s.path, s.keys, nil, county)
}

// HasCounty tells whether the county can answer a forgotten passphrase: its profile has
// been taken in.
func (s *Sitting) HasCounty() bool {
	_, err := os.Stat(s.path + countySuffix)
	return err == nil
}
