package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/charmbracelet/x/term"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// withCounty is withLedger for the commands of the county: a village's ledger is
// refused before anything is done.
func (m *Main) withCounty(ctx context.Context, readOnly bool, do func(*store.Ledger) error) error {
	return m.withLedger(ctx, readOnly, func(l *store.Ledger) error {
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
		key, err := m.countyKey(l, keyFile)
		if err != nil {
			return err
		}
		if _, err := county.OwnWith(ctx, l, key); err != nil {
			return err
		}
		return do(l, key)
	})
}

// codeNoKey is the error of a key that is not there.
const codeNoKey = "E-NOKEY"

// countyKey reads county.key, beside the ledger where no path is given, and asks for
// its passphrase where it has one.
func (m *Main) countyKey(l *store.Ledger, path string) (*bundle.CountyKey, error) {
	if path == "" {
		path = filepath.Join(filepath.Dir(l.Path()), county.KeyFile)
	}
	if isFolder(path) {
		return nil, model.Errorf("E-FILE", "“%s”是文件夹,请在 --key 后面写明密钥文件,例如 %s", path, filepath.Join(path, county.KeyFile))
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, model.Errorf(codeNoKey, "没有找到县里的密钥“%s”;请把它放到台账旁边,或用 --key 写明它在哪里", path)
	}
	if err != nil {
		return nil, fileError(path, err)
	}
	passphrase := m.Getenv("TAIZHANG_PASSPHRASE")
	asked := bundle.KeyLocked(file) && passphrase == ""
	if asked && !m.Terminal {
		return nil, model.Errorf("E-PASSPHRASE", "县里的密钥加了口令:请在终端窗口里运行,打上口令,或把口令放在环境变量 TAIZHANG_PASSPHRASE 里")
	}
	if asked {
		m.tellf("密钥的口令:")
		typed, err := term.ReadPassword(os.Stdin.Fd())
		m.tellf("\n")
		if err != nil {
			return nil, fmt.Errorf("read the passphrase: %w", err)
		}
		passphrase = string(typed)
	}
	return bundle.ParseCountyKey(file, passphrase)
}
