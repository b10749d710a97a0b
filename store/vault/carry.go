package vault

import (
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/keybox"
)

// CarriedName is what the file is called that goes to the county when the passphrase is
// forgotten.
const CarriedName = "忘记口令_请县里开锁" + countySuffix

// Answerable tells whether the county can answer a forgotten passphrase of the ledger at
// path: its profile was taken in.
func Answerable(path string) bool {
	box, err := boxAt(path)
	return err == nil && len(box) > 0
}

// Carry writes what the county needs for that into a folder, as on a stick, and gives the
// file's path. Only the county's key opens it. *model.Error E-KEY where the county can't
// answer, those of writing.
func Carry(path, dir string) (string, error) {
	box, err := boxAt(path)
	if err != nil {
		return "", err
	}
	if len(box) == 0 {
		return "", model.Errorf("E-KEY", "这本台账加密的时候还没有取入县里的配置文件,县里打不开")
	}
	if err := store.CheckPlace(dir); err != nil {
		return "", err
	}
	to := filepath.Join(dir, CarriedName)
	return to, store.FileFault(disk.WholeBytes(to, box), to, "")
}

// boxAt gives the identity wrapped to the county; nil where it isn't.
func boxAt(path string) ([]byte, error) {
	path, err := guard.Resolve(path)
	if err != nil {
		return nil, store.ReadFault(err, path)
	}
	box, err := readBox(path)
	return box.County, err
}

// Weak says in Chinese why a passphrase is easily guessed, "" where it isn't; known is what
// others know as well, as the names and codes of whose ledger it is.
func Weak(passphrase string, known ...string) string { return keybox.Weak(passphrase, known...) }
