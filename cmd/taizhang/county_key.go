package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
)

// withCounty is withLedger for the commands of the county: a village's ledger is
// refused before anything is done.
func (m *Main) withCounty(ctx context.Context, readOnly bool, do func(*store.Ledger) error) error {
	return m.withLedger(ctx, readOnly, func(l *store.Ledger) error {
		if l.Extract() != nil { // only looked at, and it holds no profile
			return do(l)
		}
		if _, err := county.Own(ctx, l); err != nil {
			return err
		}
		return do(l)
	})
}

// withCountyKey is withCounty for the commands that need the county's key: another
// county's is refused before anything is done.
func (m *Main) withCountyKey(ctx context.Context, keyFile string, do func(*store.Ledger, *bundle.CountyKey) error) error {
	return m.withCounty(ctx, false, func(l *store.Ledger) error {
		key, _, err := m.openKey(ctx, l, keyFile)
		if err != nil {
			return err
		}
		return do(l, key)
	})
}

// codeNoKey is the error of a key that is not there.
const codeNoKey = "E-NOKEY"

// openKey reads county.key, beside the ledger where no path is given, and asks for its
// passphrase where it has one, which is given too. A restore that was stopped before the
// key took its place is finished first.
func (m *Main) openKey(ctx context.Context, l *store.Ledger, path string) (*bundle.CountyKey, string, error) {
	said, err := kit.Finish(ctx, l)
	if err != nil {
		return nil, "", err
	}
	if said != "" {
		m.complain("提示:" + said)
	}
	path = keyPath(l, path)
	if isFolder(path) {
		return nil, "", model.Errorf("E-FILE", "“%s”是文件夹,请在 --key 后面写明密钥文件,例如 %s", path, filepath.Join(path, county.KeyFile))
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, "", model.Errorf(codeNoKey, "没有找到县里的密钥“%s”;请把它放到台账旁边,或用 --key 写明它在哪里;丢了的,有备份用 taizhang restore 恢复,有纸用 taizhang county key type 打进来,都没有用 taizhang county rekey --lost 换一把", path)
	}
	if err != nil {
		return nil, "", fileError(path, err)
	}
	passphrase := ""
	if bundle.KeyLocked(file) {
		if passphrase, err = m.knownSecret("", "县里的密钥"); err != nil {
			return nil, "", err
		}
	}
	key, err := bundle.ParseCountyKey(file, passphrase)
	if err != nil {
		return nil, "", err
	}
	_, err = county.OwnWith(ctx, l, key)
	return key, passphrase, err
}
