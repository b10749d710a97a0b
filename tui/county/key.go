package county

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

// errLocked tells that the key needs a passphrase.
var errLocked = errors.New("the key has a passphrase")

// openKey reads the county's key: from the path given, else from beside the ledger,
// else from a stick. It must be the key of this ledger's county: another one would
// refuse every bundle. errLocked where a passphrase is needed. It runs in commands.
func openKey(ctx context.Context, l *store.Ledger, path, passphrase string, drives []string) (*bundle.CountyKey, error) {
	if _, err := kit.Finish(ctx, l); err != nil {
		return nil, err
	}
	_, file, err := findKey(l, path, drives)
	if err != nil {
		return nil, err
	}
	if bundle.KeyLocked(file) && passphrase == "" {
		return nil, errLocked
	}
	key, err := bundle.ParseCountyKey(file, passphrase)
	if err != nil {
		return nil, err
	}
	profile, err := send.Profile(ctx, l)
	if err != nil {
		return nil, err
	}
	if profile != nil && !key.Use(profile.PublicKey) {
		return nil, model.Errorf("E-KEY", "找到的密钥(校验数字 %s)不是本%s的(%s),打不开报送包;请换成原来的 county.key",
			bundle.CheckDigits(key.PublicKey()), bundle.WordsOf(profile.Level).Own, bundle.CheckDigits(profile.PublicKey))
	}
	return key, nil
}

// findKey reads the key's file: from the path given, else from beside the ledger, else
// from a stick. *model.Error E-NOKEY where there is none.
func findKey(l *store.Ledger, path string, drives []string) (at string, file []byte, err error) {
	paths := []string{path}
	if path == "" {
		paths[0] = filepath.Join(filepath.Dir(l.Path()), county.KeyFile)
		for _, d := range drives {
			paths = append(paths, filepath.Join(d, county.KeyFile))
		}
	}
	for _, p := range paths {
		if file, err = os.ReadFile(p); err == nil {
			return p, file, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", nil, model.Errorf("E-NOKEY", "密钥“%s”读不出,请检查文件的权限", p)
		}
	}
	return "", nil, model.Errorf("E-NOKEY", "没有找到密钥“%s”;请把它放到台账旁边,或插上存密钥的U盘", paths[0])
}

// typedSecret gives a passphrase after a key.
func typedSecret(secret string, m tea.KeyPressMsg) string {
	if m.String() == "backspace" {
		runes := []rune(secret)
		return string(runes[:max(len(runes)-1, 0)])
	}
	text, ok := ui.Typed(m)
	if !ok {
		return secret
	}
	return secret + text
}
